package io.postern.auth.oidc;

import io.postern.auth.StoreException;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer, kept. Nobody waits for a key that is known while they are fresh, nor during an outage while the
 * old ones may still be used; whoever needs an answer joins the one fetch that is under way.
 *
 * <p><b>Security.</b> Anybody can name a key that is not known, for that needs no signature. So no more than {@value
 * #MOST_WAITING} wait for the fetch that tells whether it is new, and the rest is unavailable at once: they are not called
 * unknown, since a key that was just rolled in would then be refused.
 *
 * <p>Not Nimbus's {@code JWKSourceBuilder}: that counts time by the machine's clock and lets two fetches through per
 * interval.
 */
final class IssuerKeys {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private static final int MOST_WAITING = 4;

    private final String issuer;
    private final KeyFetching times;
    private final Duration maxWait;
    private final Supplier<CompletableFuture<FetchedKeys>> fetcher;
    private final Clock clock;
    private final AtomicReference<State> state = new AtomicReference<>(State.COLD);
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    IssuerKeys(TrustedIssuer issuer, Supplier<CompletableFuture<FetchedKeys>> fetcher, Clock clock) {
        this.issuer = issuer.issuer();
        this.times = issuer.fetching();
        this.maxWait = times.maxExchange().multipliedBy(2).plusSeconds(5);
        this.fetcher = fetcher;
        this.clock = clock;
    }

    private record Held(FetchedKeys keys, Instant since) {}

    private record Failure(Instant at, Throwable cause) {}

    /** What is known at one moment; replaced as a whole. */
    private record State(
            Optional<Held> held,
            Optional<Failure> failure,
            Optional<Instant> askedForUnknown,
            Optional<CompletableFuture<Boolean>> running) {

        static final State COLD = new State(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        State running(CompletableFuture<Boolean> fetch) {
            return new State(held, failure, askedForUnknown, Optional.of(fetch));
        }

        State askedForUnknown(Instant now) {
            return new State(held, failure, Optional.of(now), running);
        }

        State fetched(FetchedKeys keys, Instant since) {
            return new State(Optional.of(new Held(keys, since)), Optional.empty(), askedForUnknown, Optional.empty());
        }

        State failed(Throwable cause, Instant now) {
            return new State(held, Optional.of(new Failure(now, cause)), askedForUnknown, Optional.empty());
        }
    }

    /**
     * Finds the key of a token.
     *
     * @throws StoreException if the keys cannot be fetched and none, or perhaps not this one, are held; or if enough wait
     *     already for what is known of this one
     */
    Optional<JwtKey> find(Optional<String> id, JwtAlgorithm algorithm) {
        Optional<Held> before = seen().held();
        Held held = held();
        if (!held.keys().knows(id) && before.equals(Optional.of(held))) {
            held = askForUnknown(held);
        }
        Optional<Failure> failure = seen().failure();
        if (!held.keys().knows(id) && failure.isPresent()) {
            throw unavailable(failure.map(Failure::cause));
        }
        return held.keys().find(id, algorithm);
    }

    /**
     * Fetches the keys if they are due.
     *
     * @throws StoreException if there are none that may be used
     */
    void warmUp() {
        Held unused = held();
    }

    /** Returns when the fetch under way, if any, is over. */
    CompletableFuture<Boolean> settled() {
        return seen().running().orElseGet(() -> CompletableFuture.completedFuture(true));
    }

    /** Returns keys that may be used, after fetching them if they are due. */
    private Held held() {
        Instant now = clock.instant();
        State seen = seen();
        if (!isYoung(seen, now, times.cacheFor().minus(times.refreshAhead()))) {
            Optional<CompletableFuture<Boolean>> fetch = begin(now, state -> isDue(state, now), state -> state);
            if (mustWait(seen, now)) {
                fetch.ifPresent(this::await);
            }
        }
        State after = seen();
        if (isUsable(after, now)) {
            return after.held().orElseThrow();
        }
        throw unavailable(after.failure().map(Failure::cause));
    }

    private Held askForUnknown(Held known) {
        Instant now = clock.instant();
        begin(now, state -> isDueForUnknown(state, now), state -> state.askedForUnknown(now))
                .ifPresent(this::awaitAmongFew);
        return seen().held().orElse(known);
    }

    private void awaitAmongFew(CompletableFuture<Boolean> fetch) {
        if (fetch.isDone()) {
            return;
        }
        if (!waiting.tryAcquire()) {
            throw new StoreException("the keys of " + issuer + " are being fetched, and enough wait for that");
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

    private boolean isDue(State state, Instant now) {
        return !isYoung(state, now, times.cacheFor().minus(times.refreshAhead())) && mayFetch(state, now);
    }

    private boolean isDueForUnknown(State state, Instant now) {
        return state.askedForUnknown().filter(last -> !isOver(last, now)).isEmpty() && mayFetch(state, now);
    }

    private boolean mayFetch(State state, Instant now) {
        return state.failure().filter(last -> !isOver(last.at(), now)).isEmpty();
    }

    private boolean isUsable(State state, Instant now) {
        return isYoung(state, now, times.cacheFor().plus(times.outageTolerance()));
    }

    /** Old keys are good enough only if a fetch has just shown that there are no newer ones to be had. */
    private boolean mustWait(State state, Instant now) {
        Instant lately = now.minus(times.pause().multipliedBy(2));
        boolean outage =
                state.failure().filter(last -> last.at().isAfter(lately)).isPresent();
        return !isYoung(state, now, times.cacheFor()) && !(outage && isUsable(state, now));
    }

    /** A clock that was set back must not make the pause longer. */
    private boolean isOver(Instant last, Instant now) {
        return now.isBefore(last) || Duration.between(last, now).compareTo(times.pause()) >= 0;
    }

    private static boolean isYoung(State seen, Instant now, Duration most) {
        return seen.held()
                .map(held -> Duration.between(held.since(), now))
                .filter(age -> age.abs().compareTo(most) < 0)
                .isPresent();
    }

    /** Joins the fetch under way, or starts one if it is due. */
    private Optional<CompletableFuture<Boolean>> begin(Instant now, Predicate<State> due, UnaryOperator<State> mark) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        State before;
        do {
            before = seen();
            if (before.running().isPresent() || !due.test(before)) {
                return before.running();
            }
        } while (!state.compareAndSet(before, mark.apply(before).running(mine)));
        CompletableFuture<Boolean> unused =
                fetched().handle((keys, failure) -> failure == null ? succeed(mine, keys, now) : fail(mine, failure));
        return Optional.of(mine);
    }

    private CompletableFuture<FetchedKeys> fetched() {
        try {
            return fetcher.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean succeed(CompletableFuture<Boolean> mine, FetchedKeys keys, Instant since) {
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
            throw unavailable(Optional.of(e));
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(Optional.of(e));
        }
    }

    private StoreException unavailable(Optional<Throwable> cause) {
        String message = "the keys of " + issuer + " cannot be fetched";
        return cause.map(known -> new StoreException(message, known)).orElseGet(() -> new StoreException(message));
    }
}
