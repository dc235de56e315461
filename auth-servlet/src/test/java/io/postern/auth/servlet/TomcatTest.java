package io.postern.auth.servlet;

import io.postern.auth.testkit.server.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TomcatTest
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

    @Override
    public TestServer.Starter starter() {
        return TomcatServer::start;
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
