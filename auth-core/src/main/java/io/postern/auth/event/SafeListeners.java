package io.postern.auth.event;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies each listener, whatever the others throw. */
record SafeListeners(List<AuthListener> listeners) implements AuthListener {

    private static final Logger LOG = LoggerFactory.getLogger(AuthListener.class);

    @Override
    public void on(AuthEvent event) {
        for (AuthListener listener : listeners) {
            notify(listener, event);
        }
    }

    private static void notify(AuthListener listener, AuthEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "listener {} failed on {}",
                    listener.getClass().getName(),
                    event.getClass().getName(),
                    e);
        }
    }
}
