package io.postern.conformance;

import io.postern.Postern;
import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.servlet.SessionCookies;
import io.postern.conformance.replay.HostileCommand;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.session.DefaultSessionIdManager;

/**
 * The server under test: {@code java -jar auth-conformance.jar --port 8080 --profile default}.
 *
 * <p>Safe for use by several threads.
 */
public final class ConformanceServer implements AutoCloseable {

    private static final List<String> VIEWS = List.of(
            "/basic/",
            "/session/",
            "/token/",
            "/jwt/",
            "/jwt-stateless/",
            "/bearer-token/",
            "/multi/",
            "/multi-jwt-first/",
            "/no-post/",
            "/introspect/",
            "/introspect-stateless/");

    private final Server server;
    private final ServerConnector connector;

    private final Storage storage;

    private ConformanceServer(Server server, ServerConnector connector, Storage storage) {
        this.server = server;
        this.connector = connector;
        this.storage = storage;
    }

    /**
     * Starts the server and waits until it ends, or runs the command {@link HostileCommand} if the first argument is
     * {@code hostile}.
     *
     * @param arguments {@code --port} (8080 by default), {@code --profile} ({@code default} by default), and {@code
     *     --stores} ({@code memory} by default, {@code jdbc} or {@code redis}) with {@code --jdbc-url} or {@code
     *     --redis-url} for a server of yours; by default one is started
     * @throws Exception if it cannot start
     */
    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        if (!given.isEmpty() && given.get(0).equals("hostile")) {
            System.exit(HostileCommand.run(given.subList(1, given.size()), System.out, System.err));
        }
        Options options = Options.parse(given);
        ConformanceServer running = start(options.port(), options.profile(), options.storage());
        Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        System.out.println("ready on http://127.0.0.1:" + running.port() + " with profile " + options.profile());
        running.server.join();
    }

    /**
     * Starts a server on stores of a kind.
     *
     * @param port on the loopback address; 0 for any that is free
     * @param profile the profile's name
     * @param stores {@code memory}, {@code jdbc} or {@code redis}
     * @param url where the stores are; empty to start what they need
     * @return the running server
     * @throws Exception if it cannot start
     */
    public static ConformanceServer start(int port, String profile, String stores, String url) throws Exception {
        return start(port, profile, Storage.open(stores, url));
    }

    /**
     * Starts a server.
     *
     * @param port on the loopback address; 0 for any that is free
     * @param profile the profile's name
     * @param storage where it keeps everything; closed with the server
     * @return the running server
     * @throws Exception if it cannot start
     */
    static ConformanceServer start(int port, String profile, Storage storage) throws Exception {
        Application application = new Application(Profile.named(profile), storage);
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setHeaderCacheCaseSensitive(true);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.addBean(plainSessionIds(server));
        server.setHandler(context(application));
        server.start();
        return new ConformanceServer(server, connector, storage);
    }

    /**
     * Returns the port.
     *
     * @return the port it listens on
     */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
            storage.close();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }

    /** Without Jetty's worker name, behind which it would take further characters of an id for its own. */
    private static DefaultSessionIdManager plainSessionIds(Server server) {
        DefaultSessionIdManager ids = new DefaultSessionIdManager(server);
        ids.setWorkerName("");
        return ids;
    }

    private static ServletContextHandler context(Application application) {
        Postern postern = application.postern();
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.addEventListener(new PlainSessionCookie());
        context.addFilter(new FilterHolder(new AuthFilter(postern)), "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new ServletHolder(new AuthEndpointsServlet(postern)), "/auth/*");
        context.addServlet(new ServletHolder(new HooksServlet(application)), "/_test/*");
        ServletHolder views = new ServletHolder(new ViewServlet());
        views.getRegistration().setMultipartConfig(new MultipartConfigElement(""));
        VIEWS.forEach(path -> context.addServlet(views, path));
        List.of("/perm/*", "/throttle/*").forEach(path -> context.addServlet(views, path));
        return context;
    }

    /** The scenarios know the session cookie by Django's name, over plain HTTP. */
    private static final class PlainSessionCookie implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            SessionCookies.safe().overPlainHttp().harden(event.getServletContext());
        }
    }

    private record Options(int port, String profile, Storage storage) {

        static Options parse(List<String> arguments) throws Exception {
            return new Options(
                    Integer.parseInt(value(arguments, "--port", "8080")),
                    value(arguments, "--profile", "default"),
                    storage(arguments));
        }

        private static Storage storage(List<String> arguments) throws Exception {
            String kind = value(arguments, "--stores", "memory");
            return Storage.open(kind, value(arguments, "--" + kind + "-url", ""));
        }

        private static String value(List<String> arguments, String name, String absent) {
            int at = arguments.indexOf(name);
            return at >= 0 && at + 1 < arguments.size() ? arguments.get(at + 1) : absent;
        }
    }
}
