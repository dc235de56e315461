package io.postern.samples;

import io.postern.Postern;
import io.postern.auth.servlet.AuthFilter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher;

/** The samples of {@code jakarta-rest.md}. */
final class RestSamples {

    private RestSamples() {}

    static void jersey(ServletContext context, Postern postern) {
        // sample: jersey
        AuthFilter.register(context, postern);
        ResourceConfig resources = new ResourceConfig(NoteResource.class, RefusalMapper.class)
                .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        ServletRegistration.Dynamic rest = context.addServlet("rest", new ServletContainer(resources));
        rest.setAsyncSupported(true);
        rest.addMapping("/api/*");
        // end
    }

    // sample: rest-application
    public static final class Notes extends Application {

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(NoteResource.class, RefusalMapper.class);
        }
    }
    // end

    static void resteasy(ServletContext context, Postern postern) {
        // sample: resteasy
        AuthFilter.register(context, postern);
        ServletRegistration.Dynamic rest = context.addServlet("rest", new HttpServlet30Dispatcher());
        rest.setInitParameter("jakarta.ws.rs.Application", Notes.class.getName());
        rest.setInitParameter("resteasy.servlet.mapping.prefix", "/api");
        rest.setAsyncSupported(true);
        rest.addMapping("/api/*");
        // end
    }
}
