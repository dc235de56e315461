package io.postern;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the components of a {@link Postern} that can be closed, once. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Set<AutoCloseable> components = Collections.newSetFromMap(new IdentityHashMap<>());
    private final AtomicBoolean closed = new AtomicBoolean();

    Closing(Collection<?>... parts) {
        for (Collection<?> part : parts) {
            addAll(part);
        }
    }

    private void addAll(Collection<?> all) {
        all.stream()
                .filter(AutoCloseable.class::isInstance)
                .map(AutoCloseable.class::cast)
                .forEach(components::add);
    }

    void run() {
        if (closed.compareAndSet(false, true)) {
            components.forEach(Closing::close);
        }
    }

    /** One that fails must not keep the others open. */
    private static void close(AutoCloseable component) {
        try {
            component.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("{} could not be closed", component.getClass().getName(), e);
        }
    }
}
