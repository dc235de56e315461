package io.postern.auth.event;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

record SafeListeners(List<AuthListener> listeners) implements AuthListener {

    private static final Logger LOG = LoggerFactory.getLogger(AuthListener.class);

    @Override
    public void on(AuthEvent event) {
        for (AuthListener listener : listeners) {
            tell(listener, event);
        }
    }

    private static void tell(AuthListener listener, AuthEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "listener {} failed on {}",
                    listener.getClass().getName(),
                    event.getClass().getSimpleName(),
                    e);
        }
    }
}
