package io.postern.auth.servlet;

import io.postern.auth.testkit.server.JettyServer;
import io.postern.auth.testkit.server.TestServer;

class JettySpringSessionTest implements SpringSessionContract {

    @Override
    public TestServer.Starter starter() {
        return JettyServer::start;
    }
}
