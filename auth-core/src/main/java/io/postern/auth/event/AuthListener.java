package io.postern.auth.event;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * Is told what happened.
 *
 * <p>Implement this for an audit trail, metrics or traces. It is called after the answer is decided, on the thread of
 * the request; what it throws is logged and changes nothing. One that may be slow belongs behind
 * {@link #buffered(AuthListener, Executor, int)}. Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface AuthListener {

    /**
     * Takes note of an event.
     *
     * @param event what happened
     */
    void on(AuthEvent event);

    /**
     * Returns a listener that logs through SLF4J under {@code io.postern.auth.event}, with key-values.
     *
     * @return the listener
     */
    static AuthListener logging() {
        return new LoggingListener();
    }

    /**
     * Returns a listener that tells several, each shielded from the failures of the others.
     *
     * @param listeners whom to tell, in order
     * @return the listener; it never throws
     */
    static AuthListener all(List<AuthListener> listeners) {
        return new SafeListeners(List.copyOf(listeners));
    }

    /**
     * Returns a listener that hands events over to another thread, so that a slow one delays no request. When more
     * events wait than it may hold, further ones are dropped and counted in the log.
     *
     * @param target the slow listener
     * @param executor runs it, once for each event; with one thread, in the order of the events
     * @param capacity how many events may wait
     * @return the listener; it never blocks
     */
    static AuthListener buffered(AuthListener target, Executor executor, int capacity) {
        return new BufferedListener(target, executor, capacity);
    }
}
