package io.postern.auth;

import java.util.ArrayList;
import java.util.List;

/**
 * What one place demands: the authenticators it trusts, the permissions it asks for, the throttles it obeys.
 *
 * <pre>{@code
 * Policy admins = Policy.builder().authenticators(basic).permissions(isAdmin()).build();
 * }</pre>
 *
 * Mirrors the {@code authentication_classes}, {@code permission_classes} and {@code throttle_classes} of a DRF view.
 *
 * @param authenticators asked in order; with none, every caller is nobody and a refusal is 403
 * @param permissions all must grant, in order
 * @param throttles all are asked
 */
public record Policy(List<Authenticator> authenticators, List<Permission> permissions, List<Throttle> throttles) {

    /**
     * Copies the lists.
     *
     * @param authenticators asked in order
     * @param permissions all must grant, in order
     * @param throttles all are asked
     * @throws IllegalArgumentException if there is no permission
     */
    public Policy {
        authenticators = List.copyOf(authenticators);
        permissions = List.copyOf(permissions);
        throttles = List.copyOf(throttles);
        if (permissions.isEmpty()) {
            throw new IllegalArgumentException(
                    "a policy needs a permission: nothing is open by accident, so spell allowAny() if you mean it");
        }
    }

    /**
     * Returns an empty builder.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder that starts with what this policy demands.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        return new Builder()
                .authenticators(authenticators)
                .permissions(permissions)
                .throttles(throttles);
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

        private Builder() {}

        /**
         * Sets the authenticators.
         *
         * @param values in the order in which they are asked
         * @return this builder
         */
        public Builder authenticators(List<? extends Authenticator> values) {
            return replace(authenticators, values);
        }

        /**
         * Sets the authenticators.
         *
         * @param values in the order in which they are asked
         * @return this builder
         */
        public Builder authenticators(Authenticator... values) {
            return authenticators(List.of(values));
        }

        /**
         * Sets the permissions.
         *
         * @param values all must grant, in this order
         * @return this builder
         */
        public Builder permissions(List<? extends Permission> values) {
            return replace(permissions, values);
        }

        /**
         * Sets the permissions.
         *
         * @param values all must grant, in this order
         * @return this builder
         */
        public Builder permissions(Permission... values) {
            return permissions(List.of(values));
        }

        /**
         * Sets the throttles.
         *
         * @param values all are asked
         * @return this builder
         */
        public Builder throttles(List<? extends Throttle> values) {
            return replace(throttles, values);
        }

        /**
         * Sets the throttles.
         *
         * @param values all are asked
         * @return this builder
         */
        public Builder throttles(Throttle... values) {
            return throttles(List.of(values));
        }

        /**
         * Returns the policy.
         *
         * @return the policy
         * @throws IllegalArgumentException if no permission was named
         */
        public Policy build() {
            return new Policy(authenticators, permissions, throttles);
        }

        private <T> Builder replace(List<T> target, List<? extends T> values) {
            target.clear();
            target.addAll(values);
            return this;
        }
    }
}
