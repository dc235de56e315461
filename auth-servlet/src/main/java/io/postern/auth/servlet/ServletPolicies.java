package io.postern.auth.servlet;

import io.postern.Postern;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the rules of servlets by name, and caches them. */
final class ServletPolicies {

    private static final Logger LOG = LoggerFactory.getLogger(ServletPolicies.class);

    private final Postern postern;
    private final ConcurrentMap<ServletContext, Application> known = new ConcurrentHashMap<>();

    /** The last application: a filter usually serves one. */
    private volatile @Nullable Application last;

    ServletPolicies(Postern postern) {
        this.postern = postern;
    }

    /** Reads every registered servlet, so that a mistake is reported at start-up. */
    void readAll(ServletContext context) {
        context.getServletRegistrations().keySet().forEach(name -> of(context, name));
    }

    /**
     * Returns the rules of a servlet.
     *
     * @param servlet its name; null if the container does not expose it
     */
    ServletRules of(ServletContext context, @Nullable String servlet) {
        if (servlet == null) {
            return ServletRules.NONE;
        }
        ConcurrentMap<String, ServletRules> rules = application(context).rules();
        ServletRules found = rules.get(servlet); // takes no lock, as computeIfAbsent may
        return found != null ? found : rules.computeIfAbsent(servlet, name -> read(context, name));
    }

    private Application application(ServletContext context) {
        Application found = last;
        if (found == null || found.context() != context) {
            found = known.computeIfAbsent(context, added -> new Application(added, new ConcurrentHashMap<>()));
            last = found;
        }
        return found;
    }

    private ServletRules read(ServletContext context, String servlet) {
        ServletRegistration registration = context.getServletRegistration(servlet);
        Optional<String> type = Optional.ofNullable(registration).map(ServletRegistration::getClassName);
        if (type.isEmpty()) {
            LOG.warn(
                    "the container does not expose the class of servlet {}, so annotations on it have no effect;"
                            + " register it through ServletContext.addServlet",
                    servlet);
        }
        return type.map(name -> ServletRules.of(load(context, servlet, name), postern))
                .orElse(ServletRules.NONE);
    }

    private static Class<?> load(ServletContext context, String servlet, String name) {
        ClassLoader loader = context.getClassLoader();
        try {
            return Class.forName(name, false, loader == null ? ServletPolicies.class.getClassLoader() : loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException(
                    "class " + name + " of servlet " + servlet
                            + " cannot be loaded, so that it is unknown whether"
                            + " annotations protect it; register a class of the application, not a generated one",
                    e);
        }
    }

    private record Application(ServletContext context, ConcurrentMap<String, ServletRules> rules) {}
}
