package io.postern.auth.jwt;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How tokens are issued and what is asked of them; the defaults are simplejwt's.
 *
 * <pre>{@code
 * JwtSettings settings = JwtSettings.builder(keys).issuer("https://issuer.example").accessLifetime(ofMinutes(15)).build();
 * }</pre>
 *
 * @param keys who signs and who verifies (SIGNING_KEY, VERIFYING_KEY, ALGORITHM)
 * @param lifetimes how long tokens live
 * @param leeway how far clocks may differ, for all times alike (LEEWAY)
 * @param issuer written as {@code iss} and demanded (ISSUER)
 * @param audience written as {@code aud}; one of them is demanded (AUDIENCE)
 * @param names what header and claims are called
 * @param strictness what is demanded beyond simplejwt's checks
 * @param accepted the kinds that prove who makes a request, in the order in which they are tried (AUTH_TOKEN_CLASSES)
 * @param userField which field of the user the token names (USER_ID_FIELD)
 * @param checkActive whether deactivated users are refused (CHECK_USER_IS_ACTIVE)
 * @param fingerprint makes of a user's stamp the claim that ties tokens to the password (CHECK_REVOKE_TOKEN)
 * @param encryption encrypts tokens after they were signed; empty for no encryption
 * @param longestToken a longer text is refused unread, in characters
 * @param realm what the challenge names
 */
public record JwtSettings(
        KeyRing keys,
        Lifetimes lifetimes,
        Duration leeway,
        Optional<String> issuer,
        List<String> audience,
        JwtClaimNames names,
        JwtValidation strictness,
        List<TokenType> accepted,
        UserField userField,
        boolean checkActive,
        Optional<UnaryOperator<String>> fingerprint,
        Optional<JwtEncryption> encryption,
        int maxToken,
        String realm) {

    /**
     * How long tokens live.
     *
     * @param access access tokens (ACCESS_TOKEN_LIFETIME)
     * @param refresh refresh tokens (REFRESH_TOKEN_LIFETIME)
     * @param sliding sliding tokens (SLIDING_TOKEN_LIFETIME)
     * @param slidingRefresh how long a sliding token may be refreshed (SLIDING_TOKEN_REFRESH_LIFETIME)
     * @param longest a token that lives longer from issue to expiry is refused; empty for no such limit
     */
    public record Lifetimes(
            Duration access, Duration refresh, Duration sliding, Duration slidingRefresh, Optional<Duration> longest) {

        /**
         * Refuses what is not positive, and tokens that would be refused as soon as they are issued.
         *
         * @param access access tokens (ACCESS_TOKEN_LIFETIME)
         * @param refresh refresh tokens (REFRESH_TOKEN_LIFETIME)
         * @param sliding sliding tokens (SLIDING_TOKEN_LIFETIME)
         * @param slidingRefresh how long a sliding token may be refreshed (SLIDING_TOKEN_REFRESH_LIFETIME)
         * @param longest a token that lives longer from issue to expiry is refused
         * @throws IllegalArgumentException if a lifetime is not positive, or longer than the longest
         */
        public Lifetimes {
            requirePositive("accessLifetime", access);
            requirePositive("refreshLifetime", refresh);
            requirePositive("slidingLifetime", sliding);
            requirePositive("slidingRefreshLifetime", slidingRefresh);
            longest.ifPresent(value -> requirePositive("maxLifetime", value));
            for (Duration each : List.of(access, refresh, sliding)) {
                longest.ifPresent(limit -> requireWithin(limit, each));
            }
        }

        private static void requireWithin(Duration limit, Duration each) {
            if (each.compareTo(limit) > 0) {
                throw new IllegalArgumentException("tokens that live " + each
                        + " would be refused: raise maxLifetime, which is " + limit + ", or let them live shorter");
            }
        }

        private static void requirePositive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be positive, not " + value);
            }
        }
    }

    /** Which field of the user a token names. */
    public enum UserField {
        /** The id, which never changes. */
        ID,
        /** The name to log in with. */
        USERNAME
    }

    /**
     * Copies the lists; refuses what cannot work.
     *
     * @param keys who signs and who verifies (SIGNING_KEY, VERIFYING_KEY, ALGORITHM)
     * @param lifetimes how long tokens live
     * @param leeway how far clocks may differ, for all times alike (LEEWAY)
     * @param issuer written as {@code iss} and demanded (ISSUER)
     * @param audience written as {@code aud}
     * @param names what header and claims are called
     * @param strictness what is demanded beyond simplejwt's checks
     * @param accepted the kinds that prove who makes a request, in the order in which they are tried
     *     (AUTH_TOKEN_CLASSES)
     * @param userField which field of the user the token names (USER_ID_FIELD)
     * @param checkActive whether deactivated users are refused (CHECK_USER_IS_ACTIVE)
     * @param fingerprint makes of a user's stamp the claim that ties tokens to the password (CHECK_REVOKE_TOKEN)
     * @param encryption encrypts tokens after they were signed
     * @param longestToken a longer text is refused unread, in characters
     * @param realm what the challenge names
     * @throws IllegalArgumentException if a value cannot work; the message names it and the mend
     */
    public JwtSettings {
        Objects.requireNonNull(keys, "keys");
        audience = List.copyOf(audience);
        accepted = List.copyOf(accepted);
        if (leeway.isNegative() || leeway.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("leeway must be from 0 to 10 minutes, not " + leeway);
        }
        if (accepted.isEmpty() || accepted.contains(TokenType.REFRESH)) {
            throw new IllegalArgumentException(
                    "accepted must name ACCESS, SLIDING or both; a refresh token never proves who makes a request");
        }
        if (strictness.requiredClaims().contains("iss") && issuer.isEmpty()) {
            throw new IllegalArgumentException(
                    "strictness demands the claim iss, as Preset.STRICT does: write .jwt(keys, jwt -> jwt.issuer(\"https://…\"))");
        }
        if (strictness.requiredClaims().contains("aud") && audience.isEmpty()) {
            throw new IllegalArgumentException(
                    "strictness demands the claim aud, as Preset.STRICT does: write .jwt(keys, jwt -> jwt.audience(\"…\"))");
        }
        if (audience.stream().anyMatch(String::isBlank)
                || issuer.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("issuer and audience must not be blank");
        }
        if (strictness.requireKeyId() && keys.signsWithoutId()) {
            throw new IllegalArgumentException(
                    "tokens must name their key, but the one that signs has no id: give it one with withId(…)");
        }
        if (maxToken < 256 || maxToken > 65_536) {
            throw new IllegalArgumentException("maxToken must be from 256 to 65536, not " + maxToken);
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

    /** Collects the settings. Not safe for use by several threads. */
    public static final class Builder {

        private final KeyRing keys;
        private Duration accessLifetime = Duration.ofMinutes(5);
        private Duration refreshLifetime = Duration.ofDays(1);
        private Duration slidingLifetime = Duration.ofMinutes(5);
        private Duration slidingRefreshLifetime = Duration.ofDays(1);
        private Optional<UnaryOperator<String>> fingerprint = Optional.empty();
        private Optional<JwtEncryption> encryption = Optional.empty();
        private Duration leeway = Duration.ZERO;
        private Optional<Duration> maxLifetime = Optional.empty();
        private Optional<String> issuer = Optional.empty();
        private List<String> audience = List.of();
        private JwtClaimNames names = JwtClaimNames.simplejwt();
        private JwtValidation strictness = JwtValidation.simplejwt();
        private List<TokenType> accepted = List.of(TokenType.ACCESS);
        private UserField userField = UserField.ID;
        private boolean checkActive = true;
        private int maxToken = 8192;
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
         * Sets how long sliding tokens live, and how long they may be refreshed.
         *
         * @param each 5 minutes by default
         * @param refresh 1 day by default
         * @return this builder
         */
        public Builder slidingLifetimes(Duration each, Duration refresh) {
            slidingLifetime = each;
            slidingRefreshLifetime = refresh;
            return this;
        }

        /**
         * Ties tokens to the user's password by a claim, so that they die when it changes (CHECK_REVOKE_TOKEN). The claim
         * is an HMAC-SHA256 of the user's stamp, which stays the same when the same password is merely hashed again.
         *
         * @param key at least 32 random bytes, used for nothing else
         * @return this builder
         * @throws IllegalArgumentException if there are fewer
         */
        public Builder passwordFingerprint(byte[] key) {
            fingerprint = Optional.of(Fingerprint.of(key));
            return this;
        }

        /**
         * Encrypts tokens after they were signed, and accepts such tokens. Without it, tokens of five parts are refused
         * before any cryptography.
         *
         * @param value none by default
         * @return this builder
         */
        public Builder encryption(JwtEncryption value) {
            encryption = Optional.of(value);
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
        public Builder maxLifetime(Duration value) {
            maxLifetime = Optional.of(value);
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
         * @param value {@link JwtClaimNames#simplejwt()} by default
         * @return this builder
         */
        public Builder names(JwtClaimNames value) {
            names = value;
            return this;
        }

        /**
         * Sets what is demanded beyond simplejwt's checks.
         *
         * @param value {@link JwtValidation#simplejwt()} by default; the preset STRICT sets {@link JwtValidation#rfc()}
         * @return this builder
         */
        public Builder strictness(JwtValidation value) {
            strictness = value;
            return this;
        }

        /**
         * Sets which kinds prove who makes a request.
         *
         * @param values access tokens by default
         * @return this builder
         */
        public Builder accepted(TokenType... values) {
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
        public Builder maxToken(int characters) {
            maxToken = characters;
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
                    new Lifetimes(
                            accessLifetime, refreshLifetime, slidingLifetime, slidingRefreshLifetime, maxLifetime),
                    leeway,
                    issuer,
                    audience,
                    names,
                    strictness,
                    accepted,
                    userField,
                    checkActive,
                    fingerprint,
                    encryption,
                    maxToken,
                    realm);
        }
    }
}
