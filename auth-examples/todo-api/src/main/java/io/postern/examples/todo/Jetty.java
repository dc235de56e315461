package io.postern.examples.todo;

import jakarta.servlet.ServletContext;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.component.LifeCycle;

/** Runs one application in embedded Jetty; nothing here is specific to Postern. */
final class Jetty implements AutoCloseable {

    private final Server server;
    private final ServerConnector connector;

    private Jetty(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    static Jetty start(int port, Consumer<ServletContext> application) {
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setErrorHandler(plainErrors());

        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.addServletContainerInitializer((types, servletContext) -> application.accept(servletContext));
        server.setHandler(context);
        return started(new Jetty(server, connector));
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    private static Jetty started(Jetty jetty) {
        try {
            LifeCycle.start(jetty.server);
            return jetty;
        } catch (RuntimeException e) {
            jetty.close();
            throw new IllegalStateException(
                    "cannot listen on port " + jetty.connector.getPort() + "; choose another by --port", e);
        }
    }

    /** Writes responses to requests that Jetty itself rejects, such as those with a malformed URI. */
    private static ErrorHandler plainErrors() {
        ErrorHandler errors = new ErrorHandler();
        errors.setDefaultResponseMimeType("application/json");
        errors.setShowStacks(false);
        errors.setShowCauses(false);
        return errors;
    }
}
