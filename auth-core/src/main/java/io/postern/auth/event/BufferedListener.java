package io.postern.auth.event;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits the events waiting in the executor to {@code capacity}, and shields the executor from the target's failures. */
final class BufferedListener implements AuthListener {

    private static final Logger LOG = LoggerFactory.getLogger(AuthListener.class);

    private final AuthListener target;
    private final Executor executor;
    private final Semaphore room;
    private final AtomicLong dropped = new AtomicLong();

    BufferedListener(AuthListener target, Executor executor, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, not " + capacity);
        }
        this.target = AuthListener.all(List.of(target));
        this.executor = executor;
        this.room = new Semaphore(capacity);
    }

    @Override
    public void on(AuthEvent event) {
        if (!room.tryAcquire()) {
            dropped.incrementAndGet();
            return;
        }
        try {
            executor.execute(() -> deliver(event));
        } catch (RuntimeException e) {
            drop();
        } catch (Error e) {
            // For instance, no further thread can be created.
            drop();
            throw e;
        }
    }

    private void drop() {
        room.release();
        dropped.incrementAndGet();
    }

    private void deliver(AuthEvent event) {
        try {
            target.on(event);
        } finally {
            room.release();
            long lost = dropped.getAndSet(0);
            if (lost > 0) {
                LOG.warn("{} events dropped: the listener is slower than the events", lost);
            }
        }
    }
}
