package io.postern.auth.password;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes {@code fake:cost:password}, verifies only once it is released, and records what it verifies. */
record GatedHasher(
        int cost,
        CountDownLatch released,
        BlockingQueue<String> verified,
        AtomicInteger topUps,
        AtomicInteger hashes,
        AtomicInteger failures)
        implements PasswordHasher {

    GatedHasher() {
        this(
                10,
                new CountDownLatch(1),
                new LinkedBlockingQueue<>(),
                new AtomicInteger(),
                new AtomicInteger(),
                new AtomicInteger());
    }

    @Override
    public String hash(Password password) {
        hashes.incrementAndGet();
        return "fake:" + cost + ":" + password.reveal();
    }

    @Override
    public boolean verify(Password password, String stored) {
        verified.add(password.reveal());
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("broken");
        }
        return stored.split(":", 3)[2].equals(password.reveal());
    }

    @Override
    public boolean recognises(String stored) {
        return stored.startsWith("fake:");
    }

    @Override
    public boolean needsRehash(String stored) {
        return !stored.startsWith("fake:" + cost + ":");
    }

    @Override
    public void topUp(Password password, String stored) {
        topUps.incrementAndGet();
    }
}
