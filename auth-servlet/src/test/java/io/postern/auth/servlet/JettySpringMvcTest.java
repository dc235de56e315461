package io.postern.auth.servlet;

import io.postern.auth.testkit.server.JettyServer;
import io.postern.auth.testkit.server.TestServer;

class JettySpringMvcTest implements SpringMvcContract {

    @Override
    public TestServer.Starter starter() {
        return JettyServer::start;
    }
}
