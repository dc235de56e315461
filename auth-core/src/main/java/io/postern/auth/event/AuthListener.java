package io.postern.auth.event;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * Receives authentication events.
 *
 * <p>Implement this for an audit trail, metrics or traces. It is called after the response is decided, on the thread of
 * the request; what it throws is logged and changes no response. A listener that may be slow belongs behind
 * {@link #buffered(AuthListener, Executor, int)}. Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface AuthListener {

    /** Receives an event. */
    void on(AuthEvent event);

    /** Returns a listener that logs events through SLF4J under {@code io.postern.auth.event}, with key-values. */
    static AuthListener logging() {
        return new LoggingListener();
    }

    /**
     * Returns a listener that notifies several others in order, isolating each from the failures of the others.
     *
     * @param listeners copied
     * @return the listener; it never throws
     */
    static AuthListener all(List<AuthListener> listeners) {
        return new SafeListeners(List.copyOf(listeners));
    }

    /**
     * Returns a listener that passes events to an executor, so that a slow listener delays no request. While
     * {@code capacity} events are waiting, further events are dropped; their number is logged.
     *
     * @param target the slow listener
     * @param executor runs the target once per event; a single thread preserves the order of events
     * @param capacity the maximum number of waiting events
     * @return the listener; it never blocks
     */
    static AuthListener buffered(AuthListener target, Executor executor, int capacity) {
        return new BufferedListener(target, executor, capacity);
    }
}
