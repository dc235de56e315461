package io.postern.auth.servlet;

import io.postern.Postern;
import io.postern.auth.session.SessionAuthenticator;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionCookieConfig;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports at start-up what would otherwise be silently unprotected or unreachable. */
final class StartChecks {

    private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

    private static final boolean JETTY = ServletRules.isPresent("org.eclipse.jetty.ee10.servlet.ServletContextHandler");

    private StartChecks() {}

    /** Servlet 5 lacks methods that the library calls. */
    static void requireServlet6(ServletContext context) throws ServletException {
        if (context.getMajorVersion() < 6) {
            throw new ServletException(
                    "Postern needs Servlet 6.0 (Tomcat 10.1, Jetty 12 for EE 10, or later); this container"
                            + " implements " + context.getMajorVersion() + "." + context.getMinorVersion());
        }
    }

    /**
     * Has this filter evaluate requests before the one by which Jetty answers upgrades to web sockets, and which it puts
     * first. Throws if it cannot.
     */
    static void precedeUpgrades(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        for (FilterRegistration other : context.getFilterRegistrations().values()) {
            String type = other.getClassName();
            if (type == null || !type.endsWith(".WebSocketUpgradeFilter")) {
                continue;
            }
            if (!JETTY || !JettyFilters.moveBefore(context, config.getFilterName(), other.getName())) {
                throw new ServletException(
                        "the filter " + other.getName() + " may answer upgrades to web sockets before"
                                + " Postern is asked; use an embedded Jetty 12 for EE 10, let the application see the class"
                                + " org.eclipse.jetty.ee10.servlet.ServletContextHandler of the server, or do without its web sockets");
            }
        }
    }

    /** A filter may be mapped to a part on purpose, and a cookie be hardened by the container, so both only log a warning. */
    static void warn(FilterConfig config, Postern postern) {
        ServletContext context = config.getServletContext();
        FilterRegistration filter = context.getFilterRegistration(config.getFilterName());
        if (filter != null && !filter.getUrlPatternMappings().contains("/*")) {
            LOG.warn(
                    "the filter {} is mapped to {} only: other paths are unprotected, whatever their policy; map it to /*",
                    config.getFilterName(),
                    filter.getUrlPatternMappings());
        }
        // Jetty returns null if sessions are disabled.
        SessionCookieConfig cookie = context.getSessionCookieConfig();
        if (cookie != null && !cookie.isHttpOnly() && usesContainerSessions(postern)) {
            LOG.warn(
                    "the container's session cookie has no HttpOnly: call SessionCookies.safe().harden(servletContext)");
        }
    }

    /** Throws unless a mapping is a prefix or the exact path of an endpoint. */
    static void requireReachable(ServletConfig config, Set<String> paths) throws ServletException {
        Collection<String> mappings = Optional.ofNullable(
                        config.getServletContext().getServletRegistration(config.getServletName()))
                .map(ServletRegistration::getMappings)
                .orElse(List.of());
        if (!mappings.isEmpty() && mappings.stream().noneMatch(mapping -> reaches(mapping, paths))) {
            throw new ServletException("AuthEndpointsServlet is mapped to " + mappings
                    + ", which reaches none of its endpoints; map it to a prefix such as /auth/*");
        }
    }

    private static boolean reaches(String mapping, Set<String> paths) {
        return mapping.endsWith("/*")
                || mapping.equals("/")
                || paths.contains(mapping.endsWith("/") ? mapping : mapping + "/");
    }

    private static boolean usesContainerSessions(Postern postern) {
        return postern.defaultPolicy().authenticators().stream()
                .filter(SessionAuthenticator.class::isInstance)
                .map(SessionAuthenticator.class::cast)
                .anyMatch(SessionAuthenticator::usesContainerSessions);
    }
}
