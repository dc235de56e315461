package io.postern.auth.servlet;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.session;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.testkit.server.JettyServer;
import io.postern.auth.testkit.server.TestServer;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JettyTest
        implements IdentityContract,
                DispatchContract,
                PathContract,
                AnnotationContract,
                SessionAndFormContract,
                EndpointsContract {

    private final TestApplication application = new TestApplication();
    private TestServer server;

    @BeforeAll
    void start() throws Exception {
        server = application.start(starter());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void starts_where_the_sessions_of_the_container_are_disabled() throws Exception {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("1", "ann"), PasswordHasher.pbkdf2().hash(Password.of("looking-glass")));
        Postern postern = Postern.builder()
                .users(users)
                .authenticators(basic(), session())
                .permissions(isAuthenticated())
                .build();
        Server jetty = new Server(0);
        ServletContextHandler handler = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
        handler.addServletContainerInitializer((classes, context) -> {
            AuthFilter.register(context, postern);
            TestApplication.add(context, "/auth/*", new AuthEndpointsServlet(postern));
        });
        jetty.setHandler(handler);
        jetty.start();
        try (TestServer without = new JettyServer(jetty)) {
            RawHttp http = new RawHttp(without.port());
            assertThat(http.get("/").status()).isEqualTo(401);
            assertThat(http.post(
                                    "/auth/session/login/",
                                    "username=ann&password=looking-glass",
                                    "Content-Type: application/x-www-form-urlencoded")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Override
    public TestServer.Starter starter() {
        return JettyServer::start;
    }

    @Override
    public TestServer server() {
        return server;
    }

    @Override
    public TestApplication application() {
        return application;
    }
}
