package io.postern.auth.jwt;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How tokens are issued and what is asked of them; the defaults are simplejwt's.
 *
 * <pre>{@code
 * JwtSettings settings = JwtSettings.builder(keys).issuer("https://issuer.example").accessLifetime(ofMinutes(15)).build();
 * }</pre>
 *
 * @param keys who signs and who verifies (SIGNING_KEY, VERIFYING_KEY, ALGORITHM)
 * @param accessLifetime how long access tokens live (ACCESS_TOKEN_LIFETIME)
 * @param refreshLifetime how long refresh tokens live (REFRESH_TOKEN_LIFETIME)
 * @param leeway how far clocks may differ, for all times alike (LEEWAY)
 * @param longestLifetime a token that lives longer from issue to expiry is refused; empty for no such limit
 * @param issuer written as {@code iss} and demanded (ISSUER)
 * @param audience written as {@code aud}; one of them is demanded (AUDIENCE)
 * @param names what header and claims are called
 * @param strictness what is demanded beyond simplejwt's checks
 * @param accepted the kinds that prove who makes a request, in the order in which they are tried (AUTH_TOKEN_CLASSES)
 * @param userField which field of the user the token names (USER_ID_FIELD)
 * @param checkActive whether deactivated users are refused (CHECK_USER_IS_ACTIVE)
 * @param longestToken a longer text is refused unread, in characters
 * @param realm what the challenge names
 */
public record JwtSettings(
        KeyRing keys,
        Duration accessLifetime,
        Duration refreshLifetime,
        Duration leeway,
        Optional<Duration> longestLifetime,
        Optional<String> issuer,
        List<String> audience,
        JwtNames names,
        JwtStrictness strictness,
        List<TokenKind> accepted,
        UserField userField,
        boolean checkActive,
        int longestToken,
        String realm) {

    /** Which field of the user a token names. */
    public enum UserField {
        /** The id, which never changes. */
        ID,
        /** The name to log in with. */
        USERNAME
    }

    /** Copies the lists; refuses what cannot work. */
    public JwtSettings {
        Objects.requireNonNull(keys, "keys");
        requirePositive("accessLifetime", accessLifetime);
        requirePositive("refreshLifetime", refreshLifetime);
        audience = List.copyOf(audience);
        accepted = List.copyOf(accepted);
        if (leeway.isNegative() || leeway.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("leeway must be from 0 to 10 minutes, not " + leeway);
        }
        if (accepted.isEmpty() || accepted.contains(TokenKind.REFRESH)) {
            throw new IllegalArgumentException(
                    "accepted must name ACCESS, SLIDING or both; a refresh token never proves who makes a request");
        }
        if (strictness.requiredClaims().contains("iss") && issuer.isEmpty()) {
            throw new IllegalArgumentException("iss is demanded but not written: call .issuer(\"https://…\")");
        }
        if (strictness.requiredClaims().contains("aud") && audience.isEmpty()) {
            throw new IllegalArgumentException("aud is demanded but not written: call .audience(\"…\")");
        }
        if (longestToken < 256 || longestToken > 65_536) {
            throw new IllegalArgumentException("longestToken must be from 256 to 65536, not " + longestToken);
        }
    }

    /**
     * Returns a builder with simplejwt's defaults.
     *
     * @param keys who signs and who verifies
     * @return the builder
     */
    public static Builder builder(KeyRing keys) {
        return new Builder(keys);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }

    /** Collects the settings. Not safe for use by several threads. */
    public static final class Builder {

        private final KeyRing keys;
        private Duration accessLifetime = Duration.ofMinutes(5);
        private Duration refreshLifetime = Duration.ofDays(1);
        private Duration leeway = Duration.ZERO;
        private Optional<Duration> longestLifetime = Optional.empty();
        private Optional<String> issuer = Optional.empty();
        private List<String> audience = List.of();
        private JwtNames names = JwtNames.simplejwt();
        private JwtStrictness strictness = JwtStrictness.simplejwt();
        private List<TokenKind> accepted = List.of(TokenKind.ACCESS);
        private UserField userField = UserField.ID;
        private boolean checkActive = true;
        private int longestToken = 8192;
        private String realm = "api";

        private Builder(KeyRing keys) {
            this.keys = keys;
        }

        /**
         * Sets how long access tokens live.
         *
         * @param value 5 minutes by default
         * @return this builder
         */
        public Builder accessLifetime(Duration value) {
            accessLifetime = value;
            return this;
        }

        /**
         * Sets how long refresh tokens live.
         *
         * @param value 1 day by default
         * @return this builder
         */
        public Builder refreshLifetime(Duration value) {
            refreshLifetime = value;
            return this;
        }

        /**
         * Sets how far clocks may differ.
         *
         * @param value zero by default, 10 minutes at the most
         * @return this builder
         */
        public Builder leeway(Duration value) {
            leeway = value;
            return this;
        }

        /**
         * Refuses tokens that live longer than this from issue to expiry, whoever signed them.
         *
         * @param value no limit by default
         * @return this builder
         */
        public Builder longestLifetime(Duration value) {
            longestLifetime = Optional.of(value);
            return this;
        }

        /**
         * Sets the issuer, which is written and demanded.
         *
         * @param value none by default
         * @return this builder
         */
        public Builder issuer(String value) {
            issuer = Optional.of(value);
            return this;
        }

        /**
         * Sets the audience, which is written; a token must name one of these.
         *
         * @param values none by default
         * @return this builder
         */
        public Builder audience(String... values) {
            audience = List.of(values);
            return this;
        }

        /**
         * Sets what header and claims are called.
         *
         * @param value {@link JwtNames#simplejwt()} by default
         * @return this builder
         */
        public Builder names(JwtNames value) {
            names = value;
            return this;
        }

        /**
         * Sets what is demanded beyond simplejwt's checks.
         *
         * @param value {@link JwtStrictness#simplejwt()} by default; the preset STRICT sets {@link JwtStrictness#rfc()}
         * @return this builder
         */
        public Builder strictness(JwtStrictness value) {
            strictness = value;
            return this;
        }

        /**
         * Sets which kinds prove who makes a request.
         *
         * @param values access tokens by default
         * @return this builder
         */
        public Builder accepted(TokenKind... values) {
            accepted = List.of(values);
            return this;
        }

        /**
         * Sets which field of the user a token names.
         *
         * @param value {@link UserField#ID} by default
         * @return this builder
         */
        public Builder userField(UserField value) {
            userField = value;
            return this;
        }

        /**
         * Lets the tokens of deactivated users pass (CHECK_USER_IS_ACTIVE off).
         *
         * @return this builder
         */
        public Builder allowInactiveUsers() {
            checkActive = false;
            return this;
        }

        /**
         * Sets how long a token may be; a longer one is refused unread.
         *
         * @param characters 8192 by default
         * @return this builder
         */
        public Builder longestToken(int characters) {
            longestToken = characters;
            return this;
        }

        /**
         * Sets what the challenge names.
         *
         * @param value {@code api} by default
         * @return this builder
         */
        public Builder realm(String value) {
            realm = value;
            return this;
        }

        /**
         * Returns the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if a value cannot work; the message names it and the mend
         */
        public JwtSettings build() {
            return new JwtSettings(
                    keys,
                    accessLifetime,
                    refreshLifetime,
                    leeway,
                    longestLifetime,
                    issuer,
                    audience,
                    names,
                    strictness,
                    accepted,
                    userField,
                    checkActive,
                    longestToken,
                    realm);
        }
    }
}
