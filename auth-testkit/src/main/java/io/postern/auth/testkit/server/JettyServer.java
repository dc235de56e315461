package io.postern.auth.testkit.server;

import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Jetty 12, with sessions and a default servlet; needs {@code jetty-ee10-servlet}.
 *
 * @param server the container, for settings of its own
 */
public record JettyServer(Server server) implements TestServer {

    /**
     * Starts a container with applications.
     *
     * @throws Exception if one of them does not start
     */
    public static TestServer start(Application... applications) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ContextHandlerCollection contexts = new ContextHandlerCollection();
        for (Application application : applications) {
            contexts.addHandler(handler(application));
        }
        server.setHandler(contexts);
        try {
            server.start();
        } catch (Exception e) {
            server.stop();
            throw e;
        }
        return new JettyServer(server);
    }

    private static ServletContextHandler handler(Application application) {
        String path = application.contextPath().isEmpty() ? "/" : application.contextPath();
        ServletContextHandler handler = new ServletContextHandler(path, ServletContextHandler.SESSIONS);
        handler.addServletContainerInitializer(
                (classes, context) -> application.start().accept(context));
        handler.addServlet(DefaultServlet.class, "/")
                .setInitParameter("baseResource", System.getProperty("java.io.tmpdir"));
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        application.errorPages().forEach(errors::addErrorPage);
        handler.setErrorHandler(errors);
        return handler;
    }

    @Override
    public int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
