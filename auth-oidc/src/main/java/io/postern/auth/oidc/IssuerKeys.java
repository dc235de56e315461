package io.postern.auth.oidc;

import io.postern.auth.StoreException;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.internal.KeySource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cached keys of one issuer. A request whose key is known does not wait while the keys are fresh, nor during an outage
 * while the old keys may still be used. A request that must wait joins the one fetch that is running.
 *
 * <p><b>Security.</b> Naming an unknown key needs no signature, so at most {@value #MAX_WAITING} requests wait for the
 * fetch that such a token causes; the others get 503. They are not refused as invalid, because the key may be new.
 *
 * <p>{@code docs/architecture.md} has the figures why this is not Nimbus's {@code JWKSourceBuilder}.
 */
final class IssuerKeys implements KeySource {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private static final int MAX_WAITING = 4;

    private final String issuer;
    private final Set<JwtAlgorithm> algorithms;
    private final KeyFetching times;
    private final Duration maxWait;
    private final Supplier<CompletableFuture<JwkSet>> fetcher;
    private final Clock clock;
    private final AtomicReference<State> state = new AtomicReference<>(new State(null, null, null, null));
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    IssuerKeys(TrustedIssuer issuer, Supplier<CompletableFuture<JwkSet>> fetcher, Clock clock) {
        this.issuer = issuer.issuer();
        this.algorithms = issuer.algorithms();
        this.times = issuer.fetching();
        this.maxWait = times.maxExchange().multipliedBy(2).plusSeconds(5);
        this.fetcher = fetcher;
        this.clock = clock;
    }

    private record Cached(JwkSet keys, Instant since) {}

    private record Failure(Instant at, Throwable cause) {}

    /** What is known at one moment; replaced as a whole. */
    private record State(
            @Nullable Cached cached,
            @Nullable Failure failure,
            @Nullable Instant unknownKeyAt,
            @Nullable CompletableFuture<Boolean> running) {

        State running(CompletableFuture<Boolean> fetch) {
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
    public Optional<VerificationKey> find(String algorithm, @Nullable String keyId) {
        for (JwtAlgorithm allowed : algorithms) {
            if (allowed.headerName().equals(algorithm)) {
                return keysFor(keyId).find(allowed, keyId).map(key -> key::verify);
            }
        }
        return Optional.empty();
    }

    /**
     * Fetches the keys if they are due.
     *
     * @throws StoreException if there are no usable keys
     */
    void warmUp() {
        Cached unused = usable();
    }

    /** Returns a future that completes when the running fetch, if any, has ended. */
    CompletableFuture<Boolean> settled() {
        CompletableFuture<Boolean> running = seen().running();
        return running == null ? CompletableFuture.completedFuture(true) : running;
    }

    private JwkSet keysFor(@Nullable String keyId) {
        Cached before = seen().cached();
        Cached cached = usable();
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
    private Cached usable() {
        Instant now = clock.instant();
        State seen = seen();
        if (!isFresh(seen, now)) {
            CompletableFuture<Boolean> fetch =
                    begin(now, current -> !isFresh(current, now) && mayFetch(current, now), current -> current);
            if (fetch != null && mustWait(seen, now)) {
                await(fetch);
            }
        }
        State after = seen();
        if (after.cached() != null && isUsable(after, now)) {
            return after.cached();
        }
        throw unavailable(after.failure() == null ? null : after.failure().cause());
    }

    private Cached fetchedForUnknownKey(Cached known) {
        Instant now = clock.instant();
        CompletableFuture<Boolean> fetch = begin(
                now,
                seen -> mayFetch(seen, now) && (seen.unknownKeyAt() == null || isPauseOver(seen.unknownKeyAt(), now)),
                seen -> seen.unknownKeyAt(now));
        if (fetch != null && !fetch.isDone()) {
            awaitAmongFew(fetch);
        }
        Cached after = seen().cached();
        return after == null ? known : after;
    }

    private void awaitAmongFew(CompletableFuture<Boolean> fetch) {
        if (!waiting.tryAcquire()) {
            throw new StoreException(
                    "the keys of " + issuer + " are being fetched, and too many requests wait for them");
        }
        try {
            await(fetch);
        } finally {
            waiting.release();
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
    private @Nullable CompletableFuture<Boolean> begin(Instant now, Predicate<State> due, UnaryOperator<State> mark) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        State before;
        do {
            before = seen();
            if (before.running() != null || !due.test(before)) {
                return before.running();
            }
        } while (!state.compareAndSet(before, mark.apply(before).running(mine)));
        CompletableFuture<Boolean> unused =
                fetched().handle((keys, failure) -> failure == null ? succeed(mine, keys, now) : fail(mine, failure));
        return mine;
    }

    private CompletableFuture<JwkSet> fetched() {
        try {
            return fetcher.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean succeed(CompletableFuture<Boolean> mine, JwkSet keys, Instant since) {
        state.updateAndGet(seen -> seen.fetched(keys, since));
        return mine.complete(true);
    }

    private boolean fail(CompletableFuture<Boolean> mine, Throwable cause) {
        state.updateAndGet(seen -> seen.failed(cause, clock.instant()));
        boolean completed = mine.complete(false);
        LOG.warn("the keys of {} cannot be fetched: {}", issuer, cause.toString());
        return completed;
    }

    private void await(CompletableFuture<Boolean> fetch) {
        try {
            boolean unused = fetch.get(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(e);
        }
    }

    private StoreException unavailable(@Nullable Throwable cause) {
        String message = "the keys of " + issuer + " cannot be fetched";
        return cause == null ? new StoreException(message) : new StoreException(message, cause);
    }
}
