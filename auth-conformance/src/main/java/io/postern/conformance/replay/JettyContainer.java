package io.postern.conformance.replay;

import jakarta.servlet.ServletContext;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.session.SessionData;

/** Jetty 12. */
record JettyContainer(Server server, ServletContextHandler context) implements Container {

    static JettyContainer start(boolean asOverTls, Consumer<ServletContext> application) throws Exception {
        Server server = new Server();
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(HEADER_SIZE);
        if (asOverTls) {
            configuration.addCustomizer(JettyContainer::asOverTls);
        }
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.addServletContainerInitializer((classes, started) -> application.accept(started));
        server.setHandler(context);
        server.start();
        return new JettyContainer(server, context);
    }

    @Override
    public int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public void expire(String sessionId) {
        SessionData data =
                context.getSessionHandler().getManagedSession(sessionId).getSessionData();
        data.setMaxInactiveMs(1);
        data.setExpiry(1);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }

    private static Request asOverTls(Request request, HttpFields.Mutable headers) {
        HttpURI uri = HttpURI.build(request.getHttpURI()).scheme("https").asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpURI getHttpURI() {
                return uri;
            }

            @Override
            public boolean isSecure() {
                return true;
            }
        };
    }
}
