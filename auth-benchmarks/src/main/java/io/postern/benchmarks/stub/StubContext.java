package io.postern.benchmarks.stub;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.MappingMatch;
import java.util.Collections;
import java.util.Enumeration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.jspecify.annotations.Nullable;

/** The application of the stub requests: Jetty's own context, which has one servlet and is never started. */
public final class StubContext {

    static final String SERVLET = "api";
    static final ServletContext CONTEXT = context();
    static final HttpServletMapping MAPPING = new Mapping();

    private StubContext() {}

    /** Returns what a container gives to a filter when it starts. */
    public static FilterConfig filterConfig(String name) {
        return new Config(name);
    }

    private static ServletContext context() {
        ServletContextHandler handler = new ServletContextHandler(ServletContextHandler.SESSIONS);
        handler.addServlet(Api.class, "/*").setName(SERVLET);
        return handler.getServletContext();
    }

    /** Never called: the handler of a case ends the chain. */
    static final class Api extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    private record Mapping() implements HttpServletMapping {

        @Override
        public String getMatchValue() {
            return StubRequest.PATH.substring(1);
        }

        @Override
        public String getPattern() {
            return "/*";
        }

        @Override
        public String getServletName() {
            return SERVLET;
        }

        @Override
        public MappingMatch getMappingMatch() {
            return MappingMatch.PATH;
        }
    }

    private record Config(String name) implements FilterConfig {

        @Override
        public String getFilterName() {
            return name;
        }

        @Override
        public ServletContext getServletContext() {
            return CONTEXT;
        }

        @Override
        public @Nullable String getInitParameter(String parameter) {
            return null;
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.emptyEnumeration();
        }
    }
}
