package io.postern.auth.revocation;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Polls on one daemon thread, which the first request starts. It ends after a time without requests, so that an application
 * that is not closed can still be unloaded; the next request starts another.
 */
final class PollingThread implements FeedPoller {

    static final Duration IDLE = Duration.ofMinutes(1);
    private static final String NAME = "postern-revocations";
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final long RESOLUTION = Duration.ofMillis(100).toNanos();

    private final FeedCopy copy;
    private final FeedLimits limits;
    private final LongSupplier ticker;
    private final long idle;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition polled = lock.newCondition();
    private final Condition closing = lock.newCondition();

    private volatile long lastRequest;
    private volatile boolean running;
    private volatile boolean closed;

    // Guarded by the lock.
    private @Nullable Thread thread;
    private @Nullable Long pollStart;
    private long polls;

    PollingThread(FeedCopy copy, FeedLimits limits, Duration idle, LongSupplier ticker) {
        this.copy = copy;
        this.limits = limits;
        this.idle = idle.toNanos();
        this.ticker = ticker;
        this.lastRequest = ticker.getAsLong();
    }

    @Override
    public void onRequest(long now) {
        if (now - lastRequest > RESOLUTION) {
            lastRequest = now;
        }
        if (!running && !closed) {
            lock.lock();
            try {
                start(now);
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void awaitPoll() {
        lock.lock();
        try {
            long now = ticker.getAsLong();
            start(now);
            long before = polls;
            long left = (pollStart == null ? now : pollStart) + limits.maxStaleness() - now;
            // While polls fail, each request would wait for the next one, which is likely to fail too.
            while (polls == before && left > 0 && !closed && !copy.isFailing()) {
                left = polled.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Thread ending;
        lock.lock();
        try {
            closed = true;
            polled.signalAll();
            closing.signalAll();
            ending = thread;
        } finally {
            lock.unlock();
        }
        try {
            if (ending != null) {
                // Not interrupted, which would close the files of an embedded database.
                ending.join(CLOSING.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(long now) {
        if (running || closed) {
            return;
        }
        lastRequest = now;
        Thread created = new Thread(null, this::run, NAME, 0, false);
        created.setDaemon(true);
        created.setContextClassLoader(PollingThread.class.getClassLoader());
        created.start();
        thread = created;
        running = true;
    }

    private void run() {
        boolean more = true;
        try {
            while (more) {
                beginPoll();
                copy.poll();
                more = endPollAndPause();
            }
        } finally {
            if (more) {
                // An error, as of a lack of memory while a failure was logged: the next request starts another thread.
                end();
            }
        }
    }

    private void end() {
        lock.lock();
        try {
            running = false;
            thread = null;
            pollStart = null;
            polled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void beginPoll() {
        lock.lock();
        try {
            pollStart = ticker.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether to poll again, at the time for it. */
    private boolean endPollAndPause() {
        lock.lock();
        try {
            long now = ticker.getAsLong();
            long left = (pollStart == null ? now : pollStart) + limits.pollInterval() - now;
            pollStart = null;
            polls++;
            polled.signalAll();
            pause(left);
            return !endsNow();
        } finally {
            lock.unlock();
        }
    }

    private void pause(long nanos) {
        long left = nanos;
        try {
            while (left > 0 && !closed) {
                left = closing.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Only code of the store can have interrupted this thread: the pause is cut short.
        }
    }

    private boolean endsNow() {
        long now = ticker.getAsLong();
        boolean unused = now - lastRequest > idle;
        if (unused && !closed) {
            copy.expire(now);
        }
        if (unused || closed) {
            running = false;
            thread = null;
            return true;
        }
        return false;
    }
}
