package io.postern.auth.revocation;

import io.postern.auth.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Counts the calls of a store, and fails or hangs on demand. */
final class ProbedStore implements RevocationStore {

    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger polled = new AtomicInteger();
    volatile boolean fails;
    volatile RuntimeException breaksWith;
    volatile Duration delay = Duration.ZERO;
    volatile Error breaksWithError;
    volatile Thread poller;
    final Set<Thread> pollers = ConcurrentHashMap.newKeySet();
    private volatile Hang hangBefore = Hang.over();
    private volatile Hang hangAfter = Hang.over();
    private final RevocationStore store;

    ProbedStore(RevocationStore store) {
        this.store = store;
    }

    /** Lets the next poll hang before it reads, until it is released. */
    Hang hangNext() {
        hangBefore = new Hang(new CountDownLatch(1), new CountDownLatch(1));
        return hangBefore;
    }

    /** Lets the next poll hang after it has read. */
    Hang hangNextAfterReading() {
        hangAfter = new Hang(new CountDownLatch(1), new CountDownLatch(1));
        return hangAfter;
    }

    void releaseAll() {
        hangBefore.release();
        hangAfter.release();
    }

    @Override
    public void add(List<Revocation> revocations) {
        working().add(revocations);
    }

    @Override
    public boolean isRevoked(Revocation.Subject token) {
        asked.incrementAndGet();
        return working().isRevoked(token);
    }

    @Override
    public Page since(long cursor, int limit) {
        poller = Thread.currentThread();
        pollers.add(poller);
        polled.incrementAndGet();
        hangBefore.take();
        LockSupport.parkNanos(delay.toNanos());
        Page page = working().since(cursor, limit);
        hangAfter.take();
        return page;
    }

    @Override
    public int deleteExpired(Instant before, int limit) {
        return working().deleteExpired(before, limit);
    }

    private RevocationStore working() {
        if (breaksWithError != null) {
            throw breaksWithError;
        }
        if (breaksWith != null) {
            throw breaksWith;
        }
        if (fails) {
            throw new StoreException("revocations are down");
        }
        return store;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("waited too long");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    record Hang(CountDownLatch reached, CountDownLatch released) {

        void awaitReached() {
            await(reached);
        }

        static Hang over() {
            return new Hang(new CountDownLatch(0), new CountDownLatch(0));
        }

        void take() {
            reached.countDown();
            await(released);
        }

        void release() {
            released.countDown();
        }
    }
}
