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

/** Tells at start what would be open or out of reach later without a word. */
final class StartChecks {

    private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

    private StartChecks() {}

    /** A filter may be mapped to a part on purpose, and a cookie be hardened by the container: both are only warned of. */
    static void warn(FilterConfig config, Postern postern) {
        ServletContext context = config.getServletContext();
        FilterRegistration filter = context.getFilterRegistration(config.getFilterName());
        if (filter != null && !filter.getUrlPatternMappings().contains("/*")) {
            LOG.warn(
                    "the filter {} is mapped to {} only: what is outside is open, whatever its policy says; map it to /*",
                    config.getFilterName(),
                    filter.getUrlPatternMappings());
        }
        // Jetty has none where its sessions are turned off.
        SessionCookieConfig cookie = context.getSessionCookieConfig();
        if (cookie != null && !cookie.isHttpOnly() && usesContainerSessions(postern)) {
            LOG.warn(
                    "the container's session cookie has no HttpOnly: call SessionCookies.safe().harden(servletContext)");
        }
    }

    /** Below a prefix there is room for all endpoints; an exact path has to be that of one of them. */
    static void requireRoom(ServletConfig config, Set<String> paths) throws ServletException {
        Collection<String> mappings = Optional.ofNullable(
                        config.getServletContext().getServletRegistration(config.getServletName()))
                .map(ServletRegistration::getMappings)
                .orElse(List.of());
        if (!mappings.isEmpty() && mappings.stream().noneMatch(mapping -> hasRoom(mapping, paths))) {
            throw new ServletException("AuthEndpointsServlet is mapped to " + mappings
                    + ", where none of its endpoints is; map it to a prefix such as /auth/*");
        }
    }

    private static boolean hasRoom(String mapping, Set<String> paths) {
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
