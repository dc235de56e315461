package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.Postern;
import io.postern.StandardAuthenticators;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.testkit.server.JettyServer;
import io.postern.auth.testkit.server.TestServer;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jetty answers upgrades in a filter that it puts in front of all others. */
class WebSocketTest {

    /** The ways in which applications register the filter. */
    enum Registration {
        INITIALIZER,
        LISTENER,
        ADD_FILTER,
        HOLDER
    }

    private final Postern postern = postern();

    @ParameterizedTest
    @EnumSource(Registration.class)
    void a_web_socket_on_jetty_is_protected(Registration registration) throws Exception {
        for (boolean endpointFirst : new boolean[] {true, false}) {
            Server jetty = new Server(0);
            ServletContextHandler handler = new ServletContextHandler("/");
            if (endpointFirst) {
                JakartaWebSocketServletContainerInitializer.configure(handler, (context, sockets) -> deploy(sockets));
            }
            register(handler, registration);
            if (!endpointFirst) {
                JakartaWebSocketServletContainerInitializer.configure(handler, (context, sockets) -> deploy(sockets));
            }
            jetty.setHandler(handler);
            jetty.start();
            try (TestServer server = new JettyServer(jetty)) {
                requireProtected(server.port());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Registration.class,
            names = {"INITIALIZER", "ADD_FILTER"})
    void a_web_socket_on_tomcat_is_protected(Registration registration) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), Set.of());
        context.addServletContainerInitializer(
                (classes, servletContext) -> {
                    register(servletContext, registration);
                    deploy((ServerContainer) servletContext.getAttribute("jakarta.websocket.server.ServerContainer"));
                },
                Set.of());
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
        context.addServletMapping("/", "default");
        tomcat.start();
        try (TestServer server = new TomcatServer(tomcat)) {
            requireProtected(server.port());
        }
    }

    private static void requireProtected(int port) throws Exception {
        assertThat(new RawHttp(port)
                        .get(
                                "/chat",
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                        .status())
                .isEqualTo(401);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> connect(port, "ann:wrong").join());
        assertThat(connect(port, "ann:looking-glass").get(10, TimeUnit.SECONDS)).isEqualTo("ann");
    }

    /** Returns the first message of the endpoint. */
    private static CompletableFuture<String> connect(int port, String credentials) {
        CompletableFuture<String> message = new CompletableFuture<>();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/chat"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        message.complete(data.toString());
                        return socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
                    }
                })
                .whenComplete((socket, failure) -> {
                    if (failure != null) {
                        message.completeExceptionally(failure);
                    }
                });
        return message;
    }

    private void register(ServletContextHandler handler, Registration registration) {
        if (registration == Registration.HOLDER) {
            handler.setAttribute(AuthFilter.POSTERN_ATTRIBUTE, postern);
            handler.addFilter(new FilterHolder(new AuthFilter()), "/*", EnumSet.allOf(DispatcherType.class));
        } else if (registration == Registration.LISTENER) {
            handler.addEventListener(new ServletContextListener() {
                @Override
                public void contextInitialized(ServletContextEvent event) {
                    AuthFilter.register(event.getServletContext(), postern);
                }
            });
        } else {
            handler.addServletContainerInitializer((classes, context) -> register(context, registration));
        }
    }

    private void register(ServletContext context, Registration registration) {
        if (registration == Registration.INITIALIZER) {
            AuthFilter.register(context, postern);
            return;
        }
        FilterRegistration.Dynamic filter = context.addFilter("own", new AuthFilter(postern));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private static void deploy(ServerContainer sockets) {
        try {
            sockets.addEndpoint(
                    ServerEndpointConfig.Builder.create(Greeter.class, "/chat").build());
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Postern postern() {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("1", "ann"), PasswordHasher.pbkdf2(1000).hash(Password.of("looking-glass")));
        return Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(PasswordHasher.pbkdf2(1000)))
                .authenticators(StandardAuthenticators.basic())
                .permissions(StandardPermissions.isAuthenticated())
                .build();
    }

    /** Sends the name of the user. */
    public static final class Greeter extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            try {
                session.getBasicRemote()
                        .sendText(
                                session.getUserPrincipal() == null
                                        ? "null"
                                        : session.getUserPrincipal().getName());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
