package io.postern.conformance.replay;

import io.postern.conformance.Folders;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.session.StandardSession;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;

/** Tomcat 10.1, with the files that it needs in a temporary folder. */
record TomcatContainer(Tomcat tomcat, Context context, Path folder) implements Container {

    /** It would report each malformed request; the logger stays referenced, or its setting would be lost. */
    private static final Logger LOGGER = Logger.getLogger("org.apache");

    static TomcatContainer start(boolean asOverTls, Consumer<ServletContext> application) throws Exception {
        LOGGER.setUseParentHandlers(false);
        Path folder = Files.createTempDirectory("tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        Connector connector = tomcat.getConnector();
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxHttpRequestHeaderSize", Integer.toString(HEADER_SIZE));
        if (asOverTls) {
            connector.setScheme("https");
            connector.setSecure(true);
        }
        tomcat.getHost().getPipeline().addValve(plainErrors());
        Context context = tomcat.addContext("", folder.toString());
        context.addServletContainerInitializer((classes, started) -> application.accept(started), Set.of());
        TomcatContainer running = new TomcatContainer(tomcat, context, folder);
        tomcat.start();
        if (context.getState() != LifecycleState.STARTED) {
            running.close();
            throw new IllegalStateException("the application did not start");
        }
        return running;
    }

    /** By default, Tomcat's own error pages show the exception and the request. */
    private static ErrorReportValve plainErrors() {
        ErrorReportValve plain = new ErrorReportValve();
        plain.setShowReport(false);
        plain.setShowServerInfo(false);
        return plain;
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** As the container's background thread does; when a session was last used is written after the response. */
    @Override
    public void expire(String sessionId) {
        try {
            ((StandardSession) context.getManager().findSession(sessionId)).expire();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
            Folders.delete(folder);
        } catch (LifecycleException | IOException e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }
}
