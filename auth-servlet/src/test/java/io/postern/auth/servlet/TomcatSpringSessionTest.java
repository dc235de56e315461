package io.postern.auth.servlet;

import io.postern.auth.testkit.server.TestServer;

class TomcatSpringSessionTest implements SpringSessionContract {

    @Override
    public TestServer.Starter starter() {
        return TomcatServer::start;
    }
}
