package io.postern.examples.todo;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.servlet.SessionCookies;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.UserStore;
import jakarta.servlet.ServletContext;
import java.time.Clock;

/**
 * A to-do list for several users with all four authenticators: users see and change their own todos, staff all.
 *
 * <p>{@link #postern} configures Postern, {@link #wire} registers it in front of the servlets, and {@link IsOwner} protects
 * single todos. Safe for use by several threads.
 */
public final class TodoServer implements AutoCloseable {

    private final TokenStore tokens = new InMemoryStores().tokens();
    private final TokenTransport transport;
    private final Postern postern;
    private final ExpiryRunner expiryRunner;
    private final Jetty jetty;

    private TodoServer(int port, TokenTransport transport, Clock clock) {
        this.transport = transport;
        this.postern = postern(DemoUser.store(), tokens, transport, clock);
        this.jetty = Jetty.start(port, context -> wire(context, postern, transport));
        this.expiryRunner = new ExpiryRunner(postern);
    }

    /**
     * Starts the server and prints how to use it.
     *
     * @param args none, or {@code --port} and a number, or {@code --cookies}, or both
     */
    public static void main(String[] args) {
        try {
            Arguments arguments = Arguments.of(args);
            TodoServer server = start(arguments.port(), arguments.transport(), Clock.systemUTC());
            System.out.println(server.welcome());
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts the server on the loopback address, with the demo users and without todos.
     *
     * @param port the port; 0 for any that is free
     * @param transport how JWTs are sent
     * @param clock decides what has expired
     * @return the server, which runs until it is closed
     * @throws IllegalStateException if it cannot listen on that port
     */
    static TodoServer start(int port, TokenTransport transport, Clock clock) {
        return new TodoServer(port, transport, clock);
    }

    /** Configures authenticators and permissions; the first authenticator writes the challenge of a 401. */
    static Postern postern(UserStore users, TokenStore tokens, TokenTransport transport, Clock clock) {
        InMemoryStores memory = new InMemoryStores();
        PosternBuilder builder = Postern.builder()
                .users(users)
                .tokens(tokens)
                // A key that is lost at a restart, and all logins with it: a real server loads its key.
                .jwt(KeyRing.of(JwtKey.generate(JwtAlgorithm.HS256)))
                .refreshTokens(memory.refreshTokens(), refresh -> refresh.withMode(RotationMode.ROTATE))
                .revocations(memory.revocations())
                .clock(clock)
                .authenticators(jwt(), token(), basic(), session())
                .permissions(isAuthenticated(), new IsOwner())
                .policy("/", allowAny());
        return transport.on(builder).build();
    }

    /** Registers the filter for all paths and the servlets behind it, as in every servlet container. */
    static void wire(ServletContext context, Postern postern, TokenTransport transport) {
        SessionCookies.safe().overPlainHttp().harden(context);
        AuthFilter.register(context, postern);
        context.addServlet("auth", new AuthEndpointsServlet(postern)).addMapping("/auth/*");
        context.addServlet("todos", new TodoServlet(new TodoStore())).addMapping("/todos/*");
        context.addServlet("index", new IndexServlet(transport)).addMapping("/");
    }

    /**
     * Returns the port of the server.
     *
     * @return the port
     */
    public int port() {
        return jetty.port();
    }

    /** Stops the server; todos, logins and tokens are lost. */
    @Override
    public void close() {
        expiryRunner.close();
        jetty.close();
    }

    String welcome() {
        return Welcome.text(port(), tokens, transport);
    }

    Postern postern() {
        return postern;
    }
}
