package io.postern.auth;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates a request against a policy, in this order:
 *
 * <ol>
 *   <li>framing: an ambiguous {@code Authorization} header or path is refused with 400;
 *   <li>transport: plain HTTP is refused with 403 where the policy requires HTTPS;
 *   <li>authenticators, in order: the first that recognises its credential decides;
 *   <li>permissions, in order: all must grant;
 *   <li>throttles: all are consulted, the longest wait is reported;
 *   <li>the body, if the credential needs its confirmation ({@link AuthResult.Unconfirmed}).
 * </ol>
 *
 * <pre>{@code
 * Verdict verdict = gate.check(request, policy);
 * }</pre>
 *
 * A gate has no effect beyond those of the authenticators and throttles: it sends no events, knows no proxies, and throws
 * what a store or an authenticator throws. {@code io.postern.Guard} adds these. Immutable and safe for use by several
 * threads. Mirrors DRF's {@code APIView.initial}.
 */
public final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final Denial INSECURE = Denial.permissionDenied("Secure connection required.", "insecure_transport");

    private final Framing framing;
    private final Challenges challenges;

    private Gate(Builder builder) {
        this.framing = new Framing(builder.maxHeader, builder.strictFraming);
        this.challenges = new Challenges(builder.challengeStyle);
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Evaluates a request against a policy.
     *
     * @throws StoreException if a store fails
     */
    public Verdict check(AuthRequest request, Policy policy) {
        Optional<Denial> malformed = refuseFraming(request);
        return malformed.isPresent()
                ? new Verdict.Denied(malformed.get(), Authentication.anonymous())
                : evaluate(request, policy, Authentication.anonymous(), List.of());
    }

    /** Returns the denial of a request whose {@code Authorization} header or path is ambiguous; otherwise empty. */
    public Optional<Denial> refuseFraming(AuthRequest request) {
        return framing.refuse(request);
    }

    /**
     * Evaluates a request whose framing has been checked, and which may have been evaluated against another policy, as
     * before a forward. A request may refuse to be read by a {@link DeniedException}, as one whose form is too large to be
     * searched for a CSRF token.
     *
     * @param known the authentication so far, which is taken over if the policy has its authenticator
     * @param counted the throttles that have counted the request and must not count it again
     * @throws StoreException if a store fails
     */
    public Verdict evaluate(AuthRequest request, Policy policy, Authentication known, List<Throttle> counted) {
        if (!request.isSecure() && policy.requiresHttps(request)) {
            return new Verdict.Denied(INSECURE, Authentication.anonymous());
        }
        try {
            if (trusts(policy, known)) {
                return authorize(request, policy, known, counted);
            }
            for (Authenticator authenticator : policy.authenticators()) {
                AuthResult result = authenticator.authenticate(request);
                if (result == null) {
                    throw new NullPointerException(authenticator.name() + " returned null");
                }
                if (result instanceof AuthResult.NotAttempted) {
                    continue;
                }
                if (result instanceof AuthResult.Authenticated found) {
                    return authorize(request, policy, authenticated(found, authenticator), counted);
                }
                if (result instanceof AuthResult.Unconfirmed found) {
                    Verdict verdict = authorize(request, policy, authenticated(found.result(), authenticator), counted);
                    return verdict instanceof Verdict.Granted ? confirm(found, verdict, request, policy) : verdict;
                }
                if (result instanceof AuthResult.Rejected rejected) {
                    return rejected(rejected.denial(), request, policy);
                }
            }
            return authorize(request, policy, Authentication.anonymous(), counted);
        } catch (DeniedException e) {
            return rejected(e.denial(), request, policy);
        }
    }

    /**
     * Evaluates the object permissions of the policy that granted a request.
     *
     * @throws StoreException if a store fails
     */
    public Verdict checkObject(AuthRequest request, Policy policy, Authentication authentication, Object object) {
        for (Permission permission : policy.permissions()) {
            if (!allowsObject(permission, request, authentication, object)) {
                Denial own = permission.objectDenial(request, authentication, object);
                return refused(own, request, policy, authentication);
            }
        }
        return new Verdict.Granted(authentication);
    }

    /**
     * Returns a denial with the challenges of a policy if it asks the client to authenticate, as 403 if the policy has no
     * challenge; any other denial unchanged.
     */
    public Denial challenge(Denial denial, AuthRequest request, Policy policy) {
        return challenges.choose(denial, request, policy);
    }

    private static Authentication authenticated(AuthResult.Authenticated found, Authenticator authenticator) {
        return new Authentication(found.user(), found.credential(), Optional.of(authenticator));
    }

    private Verdict confirm(AuthResult.Unconfirmed found, Verdict granted, AuthRequest request, Policy policy) {
        Optional<Denial> refusal = found.refusal().get();
        return refusal.isPresent() ? rejected(refusal.get(), request, policy) : granted;
    }

    private Verdict rejected(Denial denial, AuthRequest request, Policy policy) {
        return new Verdict.Denied(challenge(denial, request, policy), Authentication.anonymous());
    }

    private Verdict authorize(
            AuthRequest request, Policy policy, Authentication authentication, List<Throttle> counted) {
        for (Permission permission : policy.permissions()) {
            if (!allows(permission, request, authentication)) {
                return refused(permission.denial(request, authentication), request, policy, authentication);
            }
        }
        boolean throttled = false;
        Duration longest = null;
        for (Throttle throttle : policy.throttles()) {
            if (counted.contains(throttle)) {
                continue;
            }
            Throttle.Admission admission =
                    Objects.requireNonNull(throttle.admit(request, authentication), "a throttle returned null");
            if (admission instanceof Throttle.Admission.Refused refused) {
                throttled = true;
                longest = longer(longest, refused.retryAfter().orElse(null));
            }
        }
        return throttled
                ? new Verdict.Denied(Denial.throttled(Optional.ofNullable(longest)), authentication)
                : new Verdict.Granted(authentication);
    }

    private static boolean trusts(Policy policy, Authentication known) {
        return known.authenticator().isPresent()
                && policy.authenticators().contains(known.authenticator().get());
    }

    private static boolean allows(Permission permission, AuthRequest request, Authentication authentication) {
        try {
            return permission.allows(request, authentication);
        } catch (RuntimeException e) {
            return refuseBroken(permission, e);
        }
    }

    private static boolean allowsObject(
            Permission permission, AuthRequest request, Authentication authentication, Object object) {
        try {
            return permission.allowsObject(request, authentication, object);
        } catch (RuntimeException e) {
            return refuseBroken(permission, e);
        }
    }

    /** A permission that throws refuses; the failure of a store is not a refusal. */
    private static boolean refuseBroken(Permission permission, RuntimeException failure) {
        if (failure instanceof StoreException) {
            throw failure;
        }
        LOG.error("permission {} threw, so it refuses", permission.getClass().getName(), failure);
        return false;
    }

    /** An anonymous caller who could authenticate is asked to, whatever the permission's denial (drf-contract ST-5). */
    private Verdict refused(Denial own, AuthRequest request, Policy policy, Authentication authentication) {
        boolean couldAuthenticate = !policy.authenticators().isEmpty()
                && authentication.authenticator().isEmpty();
        Denial denial = own.kind() == Denial.Kind.FORBIDDEN && couldAuthenticate ? Denial.notAuthenticated() : own;
        return new Verdict.Denied(challenge(denial, request, policy), authentication);
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Collects the settings of a gate. Not safe for use by several threads. */
    public static final class Builder {

        private int maxHeader = 8192;
        private boolean strictFraming;
        private Challenge.Style challengeStyle = Challenge.Style.FIRST;

        private Builder() {}

        /**
         * Sets the maximum length of an {@code Authorization} header; a longer one is refused with 400 unread.
         *
         * @param characters the limit, 8192 by default
         */
        public Builder maxHeader(int characters) {
            maxHeader = characters;
            return this;
        }

        /**
         * Sets whether an {@code Authorization} header must have exactly one space between scheme and credentials, no
         * other white space around them, and ASCII only (RFC 9110, section 11.4). By default white space is accepted as
         * DRF accepts it.
         */
        public Builder strictFraming(boolean value) {
            strictFraming = value;
            return this;
        }

        /** Sets which challenges a 401 carries; {@link Challenge.Style#FIRST} by default. */
        public Builder challengeStyle(Challenge.Style value) {
            challengeStyle = Objects.requireNonNull(value, "challengeStyle");
            return this;
        }

        /** Returns the gate. */
        public Gate build() {
            return new Gate(this);
        }
    }
}
