package io.postern.auth.password;

import java.util.concurrent.atomic.AtomicInteger;

/** Writes {@code kind:cost:password} and counts the work it would be. */
record FakeHasher(String kind, int cost, AtomicInteger work) implements PasswordHasher {

    @Override
    public String hash(Password password) {
        work.addAndGet(cost);
        return kind + ":" + cost + ":" + password.reveal();
    }

    @Override
    public boolean verify(Password password, String stored) {
        if (!recognises(stored)) {
            return false;
        }
        work.addAndGet(costOf(stored));
        return stored.equals(kind + ":" + costOf(stored) + ":" + password.reveal());
    }

    @Override
    public boolean recognises(String stored) {
        return stored.startsWith(kind + ":");
    }

    @Override
    public boolean needsRehash(String stored) {
        return !recognises(stored) || costOf(stored) < cost;
    }

    @Override
    public void topUp(Password password, String stored) {
        work.addAndGet(cost - costOf(stored));
    }

    private static int costOf(String stored) {
        return Integer.parseInt(stored.split(":", 3)[1]);
    }
}
