package io.postern.auth.servlet;

import io.postern.auth.testkit.server.JettyServer;
import io.postern.auth.testkit.server.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JettySetupTest implements SetupContract {

    private TestServer server;

    @BeforeAll
    void start() throws Exception {
        server = SetupApplication.start(JettyServer::start);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    public TestServer server() {
        return server;
    }
}
