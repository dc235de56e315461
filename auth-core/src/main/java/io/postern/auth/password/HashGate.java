package io.postern.auth.password;

import io.postern.auth.internal.Hmac;
import io.postern.auth.internal.RandomText;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits how many threads hash and how many wait, so that a flood of logins cannot starve other requests. Parallel callers
 * with the same task share one computation; its result is not kept.
 *
 * @param <T> the result of a computation
 */
final class HashGate<T> {

    private static final Duration MIN_RETRY = Duration.ofSeconds(1);
    private static final int KEY_BYTES = 32;

    /** One permit for each caller that hashes or waits, be it for a permit to hash or for a shared result. */
    private final Semaphore callers;

    private final Semaphore hashing;
    private final Duration maxWait;

    /** Tasks contain passwords, so computations are found by a MAC of theirs. */
    private final Hmac tasks = Hmac.of("HashGate", new RandomText().bytes(KEY_BYTES));

    /** No more entries than callers; an empty result means that the gate was busy. */
    private final ConcurrentMap<ByteBuffer, CompletableFuture<Optional<T>>> running = new ConcurrentHashMap<>();

    HashGate(Limits limits) {
        long most = (long) limits.concurrentHashes + limits.maxWaiting;
        this.callers = new Semaphore((int) Math.min(Integer.MAX_VALUE, most));
        this.hashing = new Semaphore(limits.concurrentHashes, true);
        this.maxWait = limits.maxWait;
    }

    /**
     * Runs a computation, or waits for the result of one that runs already.
     *
     * @param task identifies the computation
     * @param computation runs on the calling thread
     * @return empty if too many hash or wait, or the caller was interrupted while waiting; it stays interrupted
     * @throws IllegalStateException if the computation that another caller runs has failed
     */
    Optional<T> run(String task, Supplier<T> computation) {
        if (!callers.tryAcquire()) {
            return Optional.empty();
        }
        try {
            ByteBuffer key = ByteBuffer.wrap(tasks.of(task));
            CompletableFuture<Optional<T>> mine = new CompletableFuture<>();
            CompletableFuture<Optional<T>> shared = running.putIfAbsent(key, mine);
            return shared == null ? lead(key, mine, computation) : follow(shared);
        } finally {
            callers.release();
        }
    }

    private Optional<T> lead(ByteBuffer key, CompletableFuture<Optional<T>> mine, Supplier<T> computation) {
        try {
            Optional<T> result = compute(computation);
            running.remove(key, mine);
            mine.complete(result);
            return result;
        } catch (RuntimeException | Error e) {
            running.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Releases the hashing permit before that of the caller: where waiting is not allowed, one admitted then may hash. */
    private Optional<T> compute(Supplier<T> computation) {
        if (!awaitHashing()) {
            return Optional.empty();
        }
        try {
            return Optional.of(computation.get());
        } finally {
            hashing.release();
        }
    }

    /** Needs no time limit: the leader waits no longer than it may, and always completes. */
    private Optional<T> follow(CompletableFuture<Optional<T>> shared) {
        try {
            return shared.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the computation that this caller shared has failed", e.getCause());
        }
    }

    private boolean awaitHashing() {
        try {
            return hashing.tryAcquire(TimeUnit.NANOSECONDS.convert(maxWait), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Duration retryAfter() {
        return maxWait.compareTo(MIN_RETRY) < 0 ? MIN_RETRY : maxWait;
    }

    /** How many hash, how many more wait, and how long one waits to hash. */
    record Limits(int concurrentHashes, int maxWaiting, Duration maxWait) {

        /** Validates the components. */
        Limits {
            if (concurrentHashes < 1) {
                throw new IllegalArgumentException("concurrentHashes must be at least 1, not " + concurrentHashes);
            }
            if (maxWaiting < 0) {
                throw new IllegalArgumentException(
                        "maxWaiting must not be negative: " + maxWaiting + "; use zero for no waiting");
            }
            if (maxWait.isNegative()) {
                throw new IllegalArgumentException(
                        "maxWait must not be negative: " + maxWait + "; use zero for no waiting");
            }
        }
    }
}
