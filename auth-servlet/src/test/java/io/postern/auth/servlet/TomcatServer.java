package io.postern.auth.servlet;

import io.postern.auth.testkit.server.TestServer;
import java.io.File;
import java.nio.file.Files;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** Tomcat, beside the Jetty of the test kit. */
record TomcatServer(Tomcat tomcat) implements TestServer {

    static TestServer start(Application... applications) throws Exception {
        File base = Files.createTempDirectory("tomcat").toFile();
        base.deleteOnExit();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.getPath());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        // Tomcat would refuse it before any filter runs.
        tomcat.getConnector().setAllowTrace(true);
        for (Application application : applications) {
            deploy(tomcat, application, base);
        }
        tomcat.start();
        for (var context : tomcat.getHost().findChildren()) {
            if (context.getState() != LifecycleState.STARTED) {
                tomcat.stop();
                throw new IllegalStateException("application " + context.getName() + " did not start");
            }
        }
        return new TomcatServer(tomcat);
    }

    private static void deploy(Tomcat tomcat, Application application, File base) {
        Context context = tomcat.addContext(application.contextPath(), base.getPath());
        context.addServletContainerInitializer(
                (classes, servletContext) -> application.start().accept(servletContext), Set.of());
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
        context.addServletMapping("/", "default");
        application.errorPages().forEach((status, location) -> {
            ErrorPage page = new ErrorPage();
            page.setErrorCode(status);
            page.setLocation(location);
            context.addErrorPage(page);
        });
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat did not stop", e);
        }
    }
}
