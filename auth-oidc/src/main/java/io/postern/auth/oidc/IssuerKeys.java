package io.postern.auth.oidc;

import io.postern.auth.StoreException;
import io.postern.auth.internal.OutageLog;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.internal.KeySource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cached keys of one issuer. A request whose key is known does not wait while the keys are fresh, nor during an outage
 * while the old keys may still be used. A request that must wait joins the one fetch that is running: for its first second,
 * and {@value #MAX_WAITING} requests until its end, so that a key server that does not answer does not hold the threads.
 *
 * <p><b>Security.</b> Naming an unknown key needs no signature, so at most {@value #MAX_WAITING} requests wait for the
 * fetch that such a token causes; the others get 503. They are not refused as invalid, because the key may be new.
 *
 * <p>{@code docs/architecture.md} has the figures why this is not Nimbus's {@code JWKSourceBuilder}.
 */
final class IssuerKeys implements KeySource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private static final int MAX_WAITING = 4;
    private static final int MAX_TRIED = 8;
    private static final Duration SHORT_WAIT = Duration.ofSeconds(1);

    private final String issuer;
    private final Set<JwtAlgorithm> algorithms;
    private final boolean missingKeyId;
    private final KeyFetching times;
    private final Duration maxWait;
    private final Supplier<CompletableFuture<JwkSet>> fetcher;
    private final Clock clock;
    private final OutageLog outage;
    private final AtomicReference<State> state = new AtomicReference<>(new State(null, null, null, null));
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private volatile boolean closed;

    IssuerKeys(TrustedIssuer issuer, Supplier<CompletableFuture<JwkSet>> fetcher, Clock clock) {
        this.issuer = issuer.issuer();
        this.algorithms = issuer.algorithms();
        this.missingKeyId = issuer.allowsMissingKeyId();
        this.times = issuer.fetching();
        this.maxWait = times.maxExchange().multipliedBy(2).plusSeconds(1);
        this.fetcher = fetcher;
        this.clock = clock;
        this.outage = new OutageLog("the keys of " + this.issuer, clock);
    }

    /** A fetch that is running; {@code since} is of {@link System#nanoTime()}. */
    private record Running(CompletableFuture<Boolean> done, CompletableFuture<JwkSet> fetch, long since) {

        static Running started() {
            return new Running(new CompletableFuture<>(), new CompletableFuture<>(), System.nanoTime());
        }

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }

    private record Cached(JwkSet keys, Instant since) {}

    private record Failure(Instant at, Throwable cause) {}

    /** What is known at one moment; replaced as a whole. */
    private record State(
            @Nullable Cached cached,
            @Nullable Failure failure,
            @Nullable Instant unknownKeyAt,
            @Nullable Running running) {

        State running(Running fetch) {
            return new State(cached, failure, unknownKeyAt, fetch);
        }

        State unknownKeyAt(Instant now) {
            return new State(cached, failure, now, running);
        }

        State fetched(JwkSet keys, Instant since) {
            return new State(new Cached(keys, since), null, unknownKeyAt, null);
        }

        State failed(Throwable cause, Instant now) {
            return new State(cached, new Failure(now, cause), unknownKeyAt, null);
        }
    }

    /**
     * Finds the key of a token.
     *
     * @throws StoreException if no usable keys, or perhaps not this one, could be fetched, or if enough requests already
     *     wait for a fetch because of an unknown key
     */
    @Override
    public @Nullable VerificationKey find(String algorithm, @Nullable String keyId) {
        for (JwtAlgorithm allowed : algorithms) {
            if (allowed.headerName().equals(algorithm)) {
                return verification(keysFor(keyId).find(allowed, keyId));
            }
        }
        return null;
    }

    private @Nullable VerificationKey verification(List<JwtKey> keys) {
        if (keys.size() == 1) {
            return keys.get(0)::verify;
        }
        if (keys.isEmpty() || !missingKeyId) {
            return null;
        }
        List<JwtKey> tried = keys.subList(0, Math.min(keys.size(), MAX_TRIED));
        return (text, length, signature) -> tried.stream().anyMatch(key -> key.verify(text, length, signature));
    }

    /**
     * Fetches the keys if they are due, and waits until the end of the fetch.
     *
     * @throws StoreException if there are no usable keys
     */
    void warmUp() {
        Cached unused = usable(this::awaitEnd);
    }

    /** Returns a future that completes when the running fetch, if any, has ended. */
    CompletableFuture<Boolean> settled() {
        Running running = seen().running();
        return running == null ? CompletableFuture.completedFuture(true) : running.done();
    }

    /** Ends the running fetch and starts no other. */
    @Override
    public void close() {
        closed = true;
        Running running = seen().running();
        if (running != null) {
            end(running, new StoreException("the authenticator of " + issuer + " is closed"));
        }
    }

    private JwkSet keysFor(@Nullable String keyId) {
        Cached before = seen().cached();
        Cached cached = usable(this::awaitOrGiveUp);
        if (cached.keys().knows(keyId)) {
            return cached.keys();
        }
        if (cached.equals(before)) {
            cached = fetchedForUnknownKey(cached);
        }
        Failure failure = seen().failure();
        if (failure != null && !cached.keys().knows(keyId)) {
            throw unavailable(failure.cause());
        }
        return cached.keys();
    }

    /** Returns keys that may be used, after fetching them if they are due. */
    private Cached usable(Consumer<Running> wait) {
        Instant now = clock.instant();
        State seen = seen();
        if (!isFresh(seen, now)) {
            Running fetch = begin(now, current -> !isFresh(current, now) && mayFetch(current, now), current -> current);
            if (fetch != null && mustWait(seen, now)) {
                wait.accept(fetch);
            }
        }
        State after = seen();
        if (after.cached() != null && isUsable(after, now)) {
            return after.cached();
        }
        if (closed) {
            throw new StoreException("the authenticator of " + issuer + " is closed");
        }
        throw unavailable(after.failure() == null ? null : after.failure().cause());
    }

    private Cached fetchedForUnknownKey(Cached known) {
        Instant now = clock.instant();
        Running fetch = begin(
                now,
                seen -> mayFetch(seen, now) && (seen.unknownKeyAt() == null || isPauseOver(seen.unknownKeyAt(), now)),
                seen -> seen.unknownKeyAt(now));
        if (fetch != null && !fetch.done().isDone()) {
            awaitAmongFew(fetch);
        }
        Cached after = seen().cached();
        return after == null ? known : after;
    }

    private void awaitAmongFew(Running fetch) {
        if (!waiting.tryAcquire()) {
            throw new StoreException(
                    "the keys of " + issuer + " are being fetched, and too many requests wait for them");
        }
        try {
            awaitEnd(fetch);
        } finally {
            waiting.release();
        }
    }

    private void awaitOrGiveUp(Running fetch) {
        if (!waiting.tryAcquire()) {
            boolean unused = await(fetch, SHORT_WAIT.minus(fetch.age()));
            return;
        }
        try {
            awaitEnd(fetch);
        } finally {
            waiting.release();
        }
    }

    private void awaitEnd(Running fetch) {
        if (!await(fetch, maxWait.minus(fetch.age()))) {
            end(fetch, late());
        }
    }

    private State seen() {
        return Objects.requireNonNull(state.get());
    }

    /** Old keys may be used without waiting only if a fetch has just failed. */
    private boolean mustWait(State seen, Instant now) {
        Instant lately = now.minus(times.pause().multipliedBy(2));
        boolean outage = seen.failure() != null && seen.failure().at().isAfter(lately);
        return !isYounger(seen, now, times.cacheFor()) && !(outage && isUsable(seen, now));
    }

    private boolean isFresh(State seen, Instant now) {
        return isYounger(seen, now, times.cacheFor().minus(times.refreshAhead()));
    }

    private boolean isUsable(State seen, Instant now) {
        return isYounger(seen, now, times.cacheFor().plus(times.outageTolerance()));
    }

    private static boolean isYounger(State seen, Instant now, Duration limit) {
        return seen.cached() != null
                && Duration.between(seen.cached().since(), now).abs().compareTo(limit) < 0;
    }

    private boolean mayFetch(State seen, Instant now) {
        return seen.failure() == null || isPauseOver(seen.failure().at(), now);
    }

    /** A clock that was set back must not lengthen the pause. */
    private boolean isPauseOver(Instant last, Instant now) {
        return now.isBefore(last) || Duration.between(last, now).compareTo(times.pause()) >= 0;
    }

    /** Joins the running fetch, or starts one if it is due; returns null if none is running then. */
    private @Nullable Running begin(Instant now, Predicate<State> due, UnaryOperator<State> mark) {
        Running mine = Running.started();
        State before;
        do {
            before = seen();
            Running running = before.running();
            if (running != null && running.age().compareTo(maxWait) > 0) {
                end(running, late());
                before = seen();
                running = before.running();
            }
            if (closed || running != null || !due.test(before)) {
                return running;
            }
        } while (!state.compareAndSet(before, mark.apply(before).running(mine)));
        CompletableFuture<Boolean> unused = mine.fetch()
                .handle((keys, failure) -> failure == null ? succeed(mine, keys, now) : fail(mine, failure));
        if (closed) {
            // Closed since it was looked at: close() has not seen this fetch.
            end(mine, new StoreException("the authenticator of " + issuer + " is closed"));
            return mine;
        }
        start(mine);
        return mine;
    }

    /** Completes the fetch with what the fetcher returns, and ends the fetcher's work if the fetch is completed before. */
    private void start(Running mine) {
        try {
            CompletableFuture<JwkSet> fetched = fetcher.get();
            CompletableFuture<JwkSet> unusedEnd = mine.fetch().whenComplete((keys, failure) -> fetched.cancel(true));
            CompletableFuture<Boolean> unused = fetched.handle((keys, failure) ->
                    failure == null ? mine.fetch().complete(keys) : mine.fetch().completeExceptionally(failure));
        } catch (RuntimeException | Error e) {
            // An error too: without a thread for it, the fetch would count as running.
            mine.fetch().completeExceptionally(e);
        }
    }

    private static void end(Running running, Exception cause) {
        running.fetch().completeExceptionally(cause);
    }

    private static IOException late() {
        return new IOException("the fetch was not complete in time");
    }

    private boolean succeed(Running mine, JwkSet keys, Instant since) {
        State before = state.getAndUpdate(seen -> seen.fetched(keys, since));
        Cached old = before.cached();
        if (old == null || !old.keys().warnings().equals(keys.warnings())) {
            keys.warnings().forEach(warning -> LOG.warn("the keys of {}: {}", issuer, warning));
        }
        outage.succeeded();
        return mine.done().complete(true);
    }

    private boolean fail(Running mine, Throwable cause) {
        State unused = state.updateAndGet(seen -> seen.failed(cause, clock.instant()));
        if (!closed) {
            outage.failed(cause);
        }
        return mine.done().complete(false);
    }

    /** Returns false if the fetch has not ended in time. */
    private boolean await(Running fetch, Duration limit) {
        try {
            boolean unused = fetch.done().get(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (ExecutionException e) {
            throw unavailable(e);
        } catch (TimeoutException e) {
            return false;
        }
    }

    private StoreException unavailable(@Nullable Throwable cause) {
        String message = "the keys of " + issuer + " cannot be fetched";
        return cause == null ? new StoreException(message) : new StoreException(message, cause);
    }
}
