package io.postern.auth.servlet;

import io.postern.Postern;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the rules of servlets by name, and caches them. */
final class ServletPolicies {

    private static final Logger LOG = LoggerFactory.getLogger(ServletPolicies.class);

    private final Postern postern;
    private final ConcurrentMap<Key, ServletRules> known = new ConcurrentHashMap<>();

    ServletPolicies(Postern postern) {
        this.postern = postern;
    }

    /** Reads every registered servlet, so that a mistake is reported at start-up. */
    void readAll(ServletContext context) {
        context.getServletRegistrations().keySet().forEach(name -> of(context, Optional.of(name)));
    }

    ServletRules of(ServletContext context, Optional<String> servlet) {
        return servlet.map(name -> known(new Key(context, name))).orElse(ServletRules.NONE);
    }

    private ServletRules known(Key key) {
        ServletRules found = known.get(key); // takes no lock, as computeIfAbsent may
        return found != null ? found : known.computeIfAbsent(key, this::read);
    }

    private ServletRules read(Key key) {
        ServletRegistration registration = key.context().getServletRegistration(key.servlet());
        Optional<String> type = Optional.ofNullable(registration).map(ServletRegistration::getClassName);
        if (type.isEmpty()) {
            LOG.warn(
                    "the container does not expose the class of servlet {}, so annotations on it have no effect;"
                            + " register it through ServletContext.addServlet",
                    key.servlet());
        }
        return type.map(name -> ServletRules.of(load(key, name), postern)).orElse(ServletRules.NONE);
    }

    private static Class<?> load(Key key, String name) {
        ClassLoader loader = key.context().getClassLoader();
        try {
            return Class.forName(name, false, loader == null ? ServletPolicies.class.getClassLoader() : loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException(
                    "class " + name + " of servlet " + key.servlet()
                            + " cannot be loaded, so that it is unknown whether"
                            + " annotations protect it; register a class of the application, not a generated one",
                    e);
        }
    }

    private record Key(ServletContext context, String servlet) {}
}
