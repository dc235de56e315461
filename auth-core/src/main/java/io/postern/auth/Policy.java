package io.postern.auth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The authenticators, permissions and throttles of one path or handler, and whether it requires HTTPS.
 *
 * <pre>{@code
 * Policy admins = Policy.builder().authenticators(basic).permissions(isAdmin()).build();
 * }</pre>
 *
 * Immutable and safe for use by several threads. Mirrors the {@code authentication_classes}, {@code permission_classes}
 * and {@code throttle_classes} of a DRF view.
 */
public final class Policy {

    @SuppressWarnings("UnnecessaryLambda") // equals compares this instance
    private static final Predicate<AuthRequest> ANY_TRANSPORT = request -> false;

    private final List<Authenticator> authenticators;
    private final List<Permission> permissions;
    private final List<Throttle> throttles;
    private final Predicate<AuthRequest> httpsOnly;
    private final Map<String, String> headers;

    /**
     * Creates a policy that accepts plain HTTP.
     *
     * @param authenticators in the order in which they are tried; without any, every caller is anonymous
     * @param permissions all must grant, in order
     * @param throttles all are consulted
     * @throws IllegalArgumentException without a permission
     */
    public Policy(List<Authenticator> authenticators, List<Permission> permissions, List<Throttle> throttles) {
        this(authenticators, permissions, throttles, ANY_TRANSPORT);
    }

    private Policy(
            List<Authenticator> authenticators,
            List<Permission> permissions,
            List<Throttle> throttles,
            Predicate<AuthRequest> httpsOnly) {
        this.authenticators = List.copyOf(authenticators);
        this.permissions = List.copyOf(permissions);
        this.throttles = List.copyOf(throttles);
        this.httpsOnly = httpsOnly;
        this.headers = headers(this.authenticators);
        if (permissions.isEmpty()) {
            throw new IllegalArgumentException(
                    "a policy needs a permission: nothing is public by default, so add allowAny() if you mean it");
        }
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts with the parts of this policy. */
    public Builder toBuilder() {
        return new Builder()
                .authenticators(authenticators)
                .permissions(permissions)
                .throttles(throttles)
                .requireHttps(httpsOnly);
    }

    /** Returns the authenticators, in the order in which they are tried. */
    public List<Authenticator> authenticators() {
        return authenticators;
    }

    /** Returns the permissions, all of which must grant. */
    public List<Permission> permissions() {
        return permissions;
    }

    /** Returns the throttles, all of which are consulted. */
    public List<Throttle> throttles() {
        return throttles;
    }

    /** Returns whether a request must be made over HTTPS. */
    public boolean requiresHttps(AuthRequest request) {
        return httpsOnly.test(request);
    }

    /**
     * Returns the headers of responses to granted requests: {@code Vary} with the headers that the authenticators read, or
     * none if they read none.
     */
    public Map<String, String> headers() {
        return headers;
    }

    private static Map<String, String> headers(List<Authenticator> authenticators) {
        Set<String> names = new LinkedHashSet<>();
        authenticators.forEach(authenticator -> names.addAll(authenticator.credentialHeaders()));
        // A singleton map is iterated without garbage, unlike Map.of.
        return names.isEmpty() ? Map.of() : Collections.singletonMap("Vary", String.join(", ", names));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Policy policy
                && authenticators.equals(policy.authenticators)
                && permissions.equals(policy.permissions)
                && throttles.equals(policy.throttles)
                && httpsOnly.equals(policy.httpsOnly);
    }

    @Override
    public int hashCode() {
        return Objects.hash(authenticators, permissions, throttles, httpsOnly);
    }

    @Override
    public String toString() {
        return "Policy[authenticators=" + authenticators + ", permissions=" + permissions + ", throttles=" + throttles
                + "]";
    }

    /** An {@link Authenticator}, or something from which the builder of a {@code Postern} creates one. */
    public interface AuthenticatorSource {}

    /** A {@link Throttle}, or something from which the builder of a {@code Postern} creates one. */
    public interface ThrottleSource {}

    /** Collects the parts of a policy; each call replaces what was set before. Not safe for use by several threads. */
    public static final class Builder {

        private final List<Authenticator> authenticators = new ArrayList<>();
        private final List<Permission> permissions = new ArrayList<>();
        private final List<Throttle> throttles = new ArrayList<>();
        private Predicate<AuthRequest> httpsOnly = ANY_TRANSPORT;

        private Builder() {}

        /** Sets the authenticators, in the order in which they are tried. */
        public Builder authenticators(List<? extends Authenticator> values) {
            return replace(authenticators, values);
        }

        /** Sets the authenticators, in the order in which they are tried. */
        public Builder authenticators(Authenticator... values) {
            return authenticators(List.of(values));
        }

        /** Sets the permissions, all of which must grant, in this order. */
        public Builder permissions(List<? extends Permission> values) {
            return replace(permissions, values);
        }

        /** Sets the permissions, all of which must grant, in this order. */
        public Builder permissions(Permission... values) {
            return permissions(List.of(values));
        }

        /** Sets the throttles, all of which are consulted. */
        public Builder throttles(List<? extends Throttle> values) {
            return replace(throttles, values);
        }

        /** Sets the throttles, all of which are consulted. */
        public Builder throttles(Throttle... values) {
            return throttles(List.of(values));
        }

        /** Refuses plain HTTP with 403, before authentication: a 401 would make clients send credentials in the clear. */
        public Builder requireHttps() {
            return requireHttps(request -> true);
        }

        /**
         * Refuses some requests over plain HTTP with 403, before authentication.
         *
         * @param requests whether a request must be made over HTTPS
         */
        public Builder requireHttps(Predicate<AuthRequest> requests) {
            httpsOnly = Objects.requireNonNull(requests, "requests");
            return this;
        }

        /**
         * Returns the policy.
         *
         * @throws IllegalArgumentException if no permission was set
         */
        public Policy build() {
            return new Policy(authenticators, permissions, throttles, httpsOnly);
        }

        private <T> Builder replace(List<T> target, List<? extends T> values) {
            target.clear();
            target.addAll(values);
            return this;
        }
    }
}
