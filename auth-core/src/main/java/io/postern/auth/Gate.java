package io.postern.auth;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a request against a policy; the way of every request, top to bottom.
 *
 * <ol>
 *   <li>framing: an ambiguous {@code Authorization} header is refused with 400;
 *   <li>authenticators, in order: the first that recognises its credential decides;
 *   <li>permissions, in order: all must grant;
 *   <li>throttles: all are asked, the longest wait is told.
 * </ol>
 *
 * <pre>{@code
 * Verdict verdict = postern.gate().check(request, policy);
 * }</pre>
 *
 * A {@link StoreException} becomes a 503; what else an authenticator throws is thrown on. Immutable and safe for use by
 * several threads. Mirrors DRF's {@code APIView.initial}.
 */
public final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final UnaryOperator<AuthRequest> view;
    private final Framing framing;
    private final Challenges challenges;
    private final AuthListener listener;
    private final Clock clock;

    private Gate(Builder builder) {
        this.view = builder.view;
        this.framing = new Framing(builder.maxHeader, builder.strictFraming);
        this.challenges = new Challenges(builder.challengeStyle);
        this.listener = AuthListener.all(List.of(builder.listener));
        this.clock = builder.clock;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a request as the gate sees it, with the client's address instead of a trusted proxy's.
     *
     * @param request the request
     * @return the same request, seen through the builder's view
     */
    public AuthRequest seen(AuthRequest request) {
        return view.apply(request);
    }

    /**
     * Holds a request against a policy.
     *
     * @param request the request
     * @param policy what its place demands
     * @return whether it may go on
     */
    public Verdict check(AuthRequest request, Policy policy) {
        return check(request, policy, Authentication.anonymous());
    }

    /**
     * Holds a request that was authenticated before against another policy, as for a forward. What is known is taken
     * over if the policy trusts the authenticator that said so; nobody is authenticated twice by one authenticator.
     *
     * @param request the request
     * @param policy what the new place demands
     * @param known what the first check found
     * @return whether it may go on
     */
    public Verdict check(AuthRequest request, Policy policy, Authentication known) {
        return guarded(request, seen -> {
            Optional<Denial> malformed = framing.refuse(seen);
            if (malformed.isPresent()) {
                return Decision.refused(Authentication.anonymous(), malformed.get());
            }
            Decision who = trusts(policy, known) ? Decision.granted(known) : authenticate(seen, policy);
            return who.denial().isPresent() ? who : admit(seen, policy, who.authentication());
        });
    }

    /**
     * Asks the object permissions of a policy, for a handler that is about to touch an object.
     *
     * @param request the request, granted before
     * @param policy the policy that granted it
     * @param authentication who it acts for
     * @param object the object
     * @return whether it may be touched
     */
    public Verdict checkObject(AuthRequest request, Policy policy, Authentication authentication, Object object) {
        return guarded(request, seen -> {
            for (Permission permission : policy.permissions()) {
                if (!allowsObject(permission, seen, authentication, object)) {
                    Denial own = permission.objectDenial(seen, authentication, object);
                    return refused(own, seen, policy, authentication);
                }
            }
            return Decision.granted(authentication);
        });
    }

    /**
     * Takes a refusal that a handler found out by itself: it gets the challenges of its place, and listeners are told of it,
     * as of one of the gate's own.
     *
     * @param request the request, granted before
     * @param policy the policy that granted it
     * @param authentication who it acts for
     * @param thrown what the handler threw
     * @return what to write; if a gate has denied it already, just that
     */
    public Denial complete(AuthRequest request, Policy policy, Authentication authentication, DeniedException thrown) {
        if (thrown.isTold()) {
            return thrown.denial();
        }
        AuthRequest seen = view.apply(request);
        Denial denial = challenges.choose(thrown.denial(), seen, policy);
        tell(seen, denial, authentication);
        return denial;
    }

    /**
     * Takes the failure of a store, as of the gate's own look-ups: it is logged, and listeners are told of it.
     *
     * @param request the request that needed the store
     * @param failure what the store threw
     * @return what to write, with status 503
     */
    public Denial failed(AuthRequest request, StoreException failure) {
        LOG.error("a store failed", failure);
        AuthRequest seen = view.apply(request);
        listener.on(new AuthEvent.StoreFailed(
                clock.instant(),
                seen.method(),
                seen.path(),
                seen.remoteAddress(),
                String.valueOf(failure.getMessage())));
        return Denial.unavailable(Duration.ofSeconds(1));
    }

    private Decision authenticate(AuthRequest request, Policy policy) {
        for (Authenticator authenticator : policy.authenticators()) {
            AuthResult result = Objects.requireNonNull(
                    authenticator.authenticate(request), () -> authenticator.name() + " answered null");
            if (result instanceof AuthResult.Rejected rejected) {
                Denial denial = challenges.choose(rejected.denial(), request, policy);
                return Decision.refused(Authentication.anonymous(), denial);
            }
            if (result instanceof AuthResult.Authenticated found) {
                return Decision.granted(
                        new Authentication(found.user(), found.credential(), Optional.of(authenticator)));
            }
        }
        return Decision.granted(Authentication.anonymous());
    }

    private Decision admit(AuthRequest request, Policy policy, Authentication authentication) {
        for (Permission permission : policy.permissions()) {
            if (!allows(permission, request, authentication)) {
                return refused(permission.denial(request, authentication), request, policy, authentication);
            }
        }
        List<Throttle.Admission.Refused> refusals = new ArrayList<>();
        for (Throttle throttle : policy.throttles()) {
            Throttle.Admission admission = throttle.admit(request, authentication);
            if (Objects.requireNonNull(admission, "a throttle answered null")
                    instanceof Throttle.Admission.Refused refused) {
                refusals.add(refused);
            }
        }
        return refusals.isEmpty()
                ? Decision.granted(authentication)
                : Decision.refused(authentication, Denial.throttled(longest(refusals)));
    }

    private static boolean trusts(Policy policy, Authentication known) {
        return known.authenticator().map(policy.authenticators()::contains).orElse(false);
    }

    private static boolean allows(Permission permission, AuthRequest request, Authentication who) {
        try {
            return permission.allows(request, who);
        } catch (RuntimeException e) {
            return broken(permission, e);
        }
    }

    private static boolean allowsObject(Permission permission, AuthRequest request, Authentication who, Object object) {
        try {
            return permission.allowsObject(request, who, object);
        } catch (RuntimeException e) {
            return broken(permission, e);
        }
    }

    /** A permission that is broken refuses; a store that is broken is another matter. */
    private static boolean broken(Permission permission, RuntimeException failure) {
        if (failure instanceof StoreException) {
            throw failure;
        }
        LOG.error("permission {} failed, so it refuses", permission.getClass().getName(), failure);
        return false;
    }

    /** Whoever could log in is asked to, whatever the permission says (drf-contract ST-5). */
    private Decision refused(Denial own, AuthRequest request, Policy policy, Authentication who) {
        boolean couldLogIn =
                !policy.authenticators().isEmpty() && who.authenticator().isEmpty();
        return own.status() == 403 && couldLogIn
                ? Decision.refused(who, challenges.choose(Denial.notAuthenticated(), request, policy))
                : Decision.refused(who, challenges.choose(own, request, policy));
    }

    private static Optional<Duration> longest(List<Throttle.Admission.Refused> refusals) {
        return refusals.stream()
                .flatMap(refused -> refused.retryAfter().stream())
                .max(Comparator.naturalOrder());
    }

    private Verdict guarded(AuthRequest request, Function<AuthRequest, Decision> step) {
        AuthRequest seen = view.apply(request);
        try {
            Decision decision = step.apply(seen);
            decision.denial().ifPresent(denial -> tell(seen, denial, decision.authentication()));
            return decision.verdict();
        } catch (StoreException e) {
            return new Verdict.Denied(failed(request, e));
        }
    }

    private void tell(AuthRequest request, Denial denial, Authentication who) {
        String user = who.user().id();
        Duration wait = denial.retryAfter().orElse(Duration.ZERO);
        listener.on(
                denial.status() == 429
                        ? new AuthEvent.RequestThrottled(
                                clock.instant(), request.method(), request.path(), request.remoteAddress(), wait, user)
                        : new AuthEvent.RequestDenied(
                                clock.instant(),
                                request.method(),
                                request.path(),
                                request.remoteAddress(),
                                denial.status(),
                                denial.code(),
                                denial.reason(),
                                user));
    }

    /** A verdict that still knows who asked, for the events. */
    private record Decision(Authentication authentication, Optional<Denial> denial) {

        static Decision granted(Authentication authentication) {
            return new Decision(authentication, Optional.empty());
        }

        static Decision refused(Authentication authentication, Denial denial) {
            return new Decision(authentication, Optional.of(denial));
        }

        Verdict verdict() {
            return denial.<Verdict>map(Verdict.Denied::new).orElseGet(() -> new Verdict.Granted(authentication));
        }
    }

    /** Collects the settings of a gate. Not safe for use by several threads. */
    public static final class Builder {

        private UnaryOperator<AuthRequest> view = UnaryOperator.identity();
        private int maxHeader = 8192;
        private boolean strictFraming;
        private Challenge.Style challengeStyle = Challenge.Style.FIRST;
        private AuthListener listener = AuthListener.logging();
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /**
         * Sets how a request is seen, for instance through {@code Proxies}; by default as it is.
         *
         * @param value applied once to each request
         * @return this builder
         */
        public Builder view(UnaryOperator<AuthRequest> value) {
            view = Objects.requireNonNull(value, "view");
            return this;
        }

        /**
         * Sets how long an {@code Authorization} header may be; a longer one is refused with 400 unread.
         *
         * @param characters the limit, 8192 by default
         * @return this builder
         */
        public Builder maxHeader(int characters) {
            maxHeader = characters;
            return this;
        }

        /**
         * Demands one blank between scheme and credentials, no other white space around them, and ASCII alone (RFC 9110,
         * section 11.4); by default DRF's generosity with white space holds.
         *
         * @param value true to demand it
         * @return this builder
         */
        public Builder strictFraming(boolean value) {
            strictFraming = value;
            return this;
        }

        /**
         * Sets which challenges a 401 carries.
         *
         * @param value {@link Challenge.Style#FIRST} by default
         * @return this builder
         */
        public Builder challengeStyle(Challenge.Style value) {
            challengeStyle = Objects.requireNonNull(value, "challengeStyle");
            return this;
        }

        /**
         * Sets who is told of refusals.
         *
         * @param value in place of the logging listener, which is the default
         * @return this builder
         */
        public Builder listener(AuthListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /**
         * Sets the clock that dates events.
         *
         * @param value the system's clock by default
         * @return this builder
         */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Returns the gate.
         *
         * @return the gate
         */
        public Gate build() {
            return new Gate(this);
        }
    }
}
