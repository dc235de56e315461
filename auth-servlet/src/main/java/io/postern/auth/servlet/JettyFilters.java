package io.postern.auth.servlet;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterMapping;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHandler;

/** The filters of Jetty 12 for Jakarta EE 10; must not be loaded if that is absent. */
final class JettyFilters {

    private JettyFilters() {}

    /**
     * Moves the mappings of a filter in front of those of another one, which Jetty puts first however the application
     * registers its own.
     *
     * @return false if the context is not that of a Jetty for EE 10
     */
    static boolean moveBefore(ServletContext context, String filter, String other) {
        ServletContextHandler handler = ServletContextHandler.getServletContextHandler(context);
        if (handler == null) {
            return false;
        }
        ServletHandler filters = handler.getServletHandler();
        List<FilterMapping> ordered = new ArrayList<>(List.of(filters.getFilterMappings()));
        List<FilterMapping> behind = ordered.stream()
                .dropWhile(mapping -> !mapping.getFilterName().equals(other))
                .filter(mapping -> mapping.getFilterName().equals(filter))
                .toList();
        if (behind.isEmpty()) {
            return true;
        }
        ordered.removeAll(behind);
        int front = 0;
        while (!ordered.get(front).getFilterName().equals(other)) {
            front++;
        }
        ordered.addAll(front, behind);
        filters.setFilterMappings(ordered.toArray(FilterMapping[]::new));
        return true;
    }
}
