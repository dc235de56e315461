package io.postern.auth.servlet;

import io.postern.auth.testkit.server.TestServer;

class TomcatSpringMvcTest implements SpringMvcContract {

    @Override
    public TestServer.Starter starter() {
        return TomcatServer::start;
    }
}
