package io.postern.auth.servlet;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.session;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.testkit.server.JettyServer;
import io.postern.auth.testkit.server.TestServer;
import io.postern.auth.user.InMemoryUserStore;
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
        Postern postern = Postern.builder()
                .users(new InMemoryUserStore())
                .authenticators(basic(), session())
                .permissions(isAuthenticated())
                .build();
        Server jetty = new Server(0);
        ServletContextHandler handler = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
        handler.addServletContainerInitializer((classes, context) -> AuthFilter.register(context, postern));
        jetty.setHandler(handler);
        jetty.start();
        try (TestServer without = new JettyServer(jetty)) {
            assertThat(new RawHttp(without.port()).get("/").status()).isEqualTo(401);
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
