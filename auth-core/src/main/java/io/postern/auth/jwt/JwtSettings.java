package io.postern.auth.jwt;

import io.postern.auth.Challenge;
import io.postern.auth.internal.Hmac;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How tokens are issued and validated; the defaults are simplejwt's.
 *
 * <pre>{@code
 * JwtSettings settings = JwtSettings.builder(keys).issuer("https://issuer.example").accessLifetime(ofMinutes(15)).build();
 * }</pre>
 *
 * <p>Under all settings: one algorithm per key, canonical base64url, one JSON object per part without duplicate members,
 * no {@code crit}, and a claim that does not parse is invalid, never treated as absent.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class JwtSettings {

    private final KeyRing keys;
    private final Duration accessLifetime;
    private final Duration refreshLifetime;
    private final Duration slidingLifetime;
    private final Duration slidingRefreshLifetime;
    private final Duration leeway;
    private final List<TokenType> accepted;
    private final String tokenTypeClaim;
    private final String jtiClaim;
    private final String userIdClaim;
    private final String slidingRefreshExpClaim;
    private final String revokeTokenClaim;
    private final boolean usernameAsUserId;
    private final boolean checkActive;
    final Set<String> requiredClaims;
    final boolean requireTyp;
    final boolean integerTimes;
    final boolean requireKeyId;
    final boolean rejectKeyHeaders;
    final boolean ignoreSchemeCase;
    final List<String> audience;
    final String headerName;
    final List<String> schemes;
    final int maxToken;
    final @Nullable String issuer;
    final @Nullable Duration maxLifetime;
    final @Nullable JwtEncryption encryption;
    private final @Nullable Function<StoredUser, String> passwordFingerprint;
    private final Challenge challenge;

    private JwtSettings(Builder from) {
        this.keys = from.keys;
        this.accessLifetime = from.accessLifetime;
        this.refreshLifetime = from.refreshLifetime;
        this.slidingLifetime = from.slidingLifetime;
        this.slidingRefreshLifetime = from.slidingRefreshLifetime;
        this.leeway = from.leeway;
        this.accepted = from.accepted;
        this.tokenTypeClaim = from.tokenTypeClaim;
        this.jtiClaim = from.jtiClaim;
        this.userIdClaim = from.userIdClaim;
        this.slidingRefreshExpClaim = from.slidingRefreshExpClaim;
        this.revokeTokenClaim = from.revokeTokenClaim;
        this.usernameAsUserId = from.usernameAsUserId;
        this.checkActive = from.checkActive;
        this.requiredClaims = from.requiredClaims;
        this.requireTyp = from.requireTyp;
        this.integerTimes = from.integerTimes;
        this.requireKeyId = from.requireKeyId;
        this.rejectKeyHeaders = from.rejectKeyHeaders;
        this.ignoreSchemeCase = from.ignoreSchemeCase;
        this.audience = from.audience;
        this.headerName = from.headerName;
        this.schemes = from.schemes;
        this.maxToken = from.maxToken;
        this.issuer = from.issuer;
        this.maxLifetime = from.maxLifetime;
        this.encryption = from.encryption;
        this.passwordFingerprint = from.passwordFingerprint;
        this.challenge = Challenge.of(schemes.get(0)).withParameter("realm", from.realm);
    }

    /**
     * Returns a builder with simplejwt's defaults.
     *
     * @param keys the keys that sign and verify (SIGNING_KEY, VERIFYING_KEY, ALGORITHM)
     */
    public static Builder builder(KeyRing keys) {
        return new Builder(keys);
    }

    /** Returns the keys that sign and verify. */
    public KeyRing keys() {
        return keys;
    }

    /** Returns the lifetime of access tokens. */
    public Duration accessLifetime() {
        return accessLifetime;
    }

    /** Returns the lifetime of refresh tokens. */
    public Duration refreshLifetime() {
        return refreshLifetime;
    }

    /** Returns the lifetime of sliding tokens. */
    public Duration slidingLifetime() {
        return slidingLifetime;
    }

    /** Returns how long a sliding token may be refreshed. */
    public Duration slidingRefreshLifetime() {
        return slidingRefreshLifetime;
    }

    /** Returns the tolerated clock difference. */
    public Duration leeway() {
        return leeway;
    }

    /** Returns the token types that authenticate a request, in the order in which they are tried. */
    public List<TokenType> accepted() {
        return accepted;
    }

    /** Returns the name of the claim with the token type. */
    String tokenTypeClaim() {
        return tokenTypeClaim;
    }

    /** Returns the name of the claim with the token's id. */
    String jtiClaim() {
        return jtiClaim;
    }

    /** Returns the name of the claim that identifies the user. */
    public String userIdClaim() {
        return userIdClaim;
    }

    /** Returns the name of the claim with the end of a sliding token's refresh period. */
    String slidingRefreshExpClaim() {
        return slidingRefreshExpClaim;
    }

    /** Returns the name of the claim that binds a token to the user's password. */
    String revokeTokenClaim() {
        return revokeTokenClaim;
    }

    /** Returns whether the user claim contains the username instead of the id. */
    boolean usernameAsUserId() {
        return usernameAsUserId;
    }

    /** Returns whether tokens of deactivated users are rejected. */
    boolean checkActive() {
        return checkActive;
    }

    /** Returns the value of the claim that binds a user's tokens to the password; empty if tokens are not bound. */
    Optional<String> passwordFingerprint(StoredUser user) {
        return passwordFingerprint == null ? Optional.empty() : Optional.of(passwordFingerprint.apply(user));
    }

    boolean hasPasswordFingerprint() {
        return passwordFingerprint != null;
    }

    /**
     * Returns a user as tokens name the user: the id, or with {@link Builder#usernameAsUserId} the username.
     *
     * @param users the user store
     * @return empty if tokens contain usernames and there is no such user
     */
    public Optional<String> nameInTokens(String userId, UserStore users) {
        return usernameAsUserId
                ? users.findById(userId).map(found -> found.user().username())
                : Optional.of(userId);
    }

    /** Returns the challenge with the first scheme and the realm. */
    public Challenge challenge() {
        return challenge;
    }

    /** Collects the settings. Not safe for use by several threads. */
    public static final class Builder {

        private final KeyRing keys;
        private Duration accessLifetime = Duration.ofMinutes(5);
        private Duration refreshLifetime = Duration.ofDays(1);
        private Duration slidingLifetime = Duration.ofMinutes(5);
        private Duration slidingRefreshLifetime = Duration.ofDays(1);
        private Duration leeway = Duration.ZERO;
        private @Nullable Duration maxLifetime;
        private @Nullable String issuer;
        private List<String> audience = List.of();
        private List<TokenType> accepted = List.of(TokenType.ACCESS);
        private String headerName = "Authorization";
        private List<String> schemes = List.of("Bearer");
        private String realm = "api";
        private String tokenTypeClaim = "token_type";
        private String jtiClaim = "jti";
        private String userIdClaim = "user_id";
        private String slidingRefreshExpClaim = "refresh_exp";
        private String revokeTokenClaim = "hash_password";
        private boolean usernameAsUserId;
        private boolean checkActive = true;
        private @Nullable Function<StoredUser, String> passwordFingerprint;
        private @Nullable JwtEncryption encryption;
        private int maxToken = 8192;
        private Set<String> requiredClaims = Set.of();
        private boolean requireTyp;
        private boolean integerTimes;
        private boolean requireKeyId;
        private boolean rejectKeyHeaders;
        private boolean ignoreSchemeCase;

        private Builder(KeyRing keys) {
            this.keys = Objects.requireNonNull(keys, "keys");
        }

        /** Sets the lifetime of access tokens, 5 minutes by default (ACCESS_TOKEN_LIFETIME). */
        public Builder accessLifetime(Duration value) {
            accessLifetime = positive("accessLifetime", value);
            return this;
        }

        /** Sets the lifetime of refresh tokens, 1 day by default (REFRESH_TOKEN_LIFETIME). */
        public Builder refreshLifetime(Duration value) {
            refreshLifetime = positive("refreshLifetime", value);
            return this;
        }

        /** Sets the lifetime of sliding tokens, 5 minutes by default (SLIDING_TOKEN_LIFETIME). */
        public Builder slidingLifetime(Duration value) {
            slidingLifetime = positive("slidingLifetime", value);
            return this;
        }

        /** Sets how long a sliding token may be refreshed, 1 day by default (SLIDING_TOKEN_REFRESH_LIFETIME). */
        public Builder slidingRefreshLifetime(Duration value) {
            slidingRefreshLifetime = positive("slidingRefreshLifetime", value);
            return this;
        }

        /** Rejects tokens with more time than this from {@code iat} to {@code exp}, including our own; no limit by default. */
        public Builder maxLifetime(Duration value) {
            maxLifetime = positive("maxLifetime", value);
            return this;
        }

        /** Sets the tolerated clock difference for all time claims: 0 by default, at most 10 minutes (LEEWAY). */
        public Builder leeway(Duration value) {
            leeway = value;
            return this;
        }

        /** Sets the issuer: written as {@code iss} and required of tokens; none by default (ISSUER). */
        public Builder issuer(String value) {
            issuer = value;
            return this;
        }

        /**
         * Sets the audience: written as {@code aud}, and a token must contain at least one of these values; none by default
         * (AUDIENCE).
         */
        public Builder audience(String... values) {
            audience = List.of(values);
            return this;
        }

        /**
         * Sets the token types that authenticate a request, in the order in which they are tried; access tokens by default
         * (AUTH_TOKEN_CLASSES).
         */
        public Builder accepted(TokenType... values) {
            accepted = List.of(values);
            return this;
        }

        /**
         * Sets the request header that carries the token, {@code Authorization} by default (AUTH_HEADER_NAME). The scheme is
         * required in it, whatever its name.
         */
        public Builder headerName(String value) {
            headerName = value;
            return this;
        }

        /**
         * Sets the schemes before the token, {@code Bearer} by default; the challenge contains the first one
         * (AUTH_HEADER_TYPES).
         *
         * @throws IllegalArgumentException if there is none, or one is not a token of RFC 9110
         */
        public Builder schemes(String... values) {
            if (values.length == 0) {
                throw new IllegalArgumentException("schemes must not be empty: set for instance Bearer");
            }
            List.of(values).forEach(Challenge::of);
            schemes = List.of(values);
            return this;
        }

        /** Sets the realm of the challenge, {@code api} by default. */
        public Builder realm(String value) {
            realm = value;
            return this;
        }

        /** Sets the claim with the token type, {@code token_type} by default (TOKEN_TYPE_CLAIM). */
        public Builder tokenTypeClaim(String name) {
            tokenTypeClaim = name;
            return this;
        }

        /** Sets the claim with the token's id, {@code jti} by default (JTI_CLAIM). */
        public Builder jtiClaim(String name) {
            jtiClaim = name;
            return this;
        }

        /** Sets the claim that identifies the user, {@code user_id} by default (USER_ID_CLAIM). */
        public Builder userIdClaim(String name) {
            userIdClaim = name;
            return this;
        }

        /**
         * Sets the claim with the end of a sliding token's refresh period, {@code refresh_exp} by default
         * (SLIDING_TOKEN_REFRESH_EXP_CLAIM).
         */
        public Builder slidingRefreshExpClaim(String name) {
            slidingRefreshExpClaim = name;
            return this;
        }

        /** Sets the claim that binds a token to the user's password, {@code hash_password} by default (REVOKE_TOKEN_CLAIM). */
        public Builder revokeTokenClaim(String name) {
            revokeTokenClaim = name;
            return this;
        }

        /**
         * Identifies users by username instead of id in tokens, and looks them up by it (USER_ID_FIELD). An id never changes and
         * is never assigned again; prefer it.
         */
        public Builder usernameAsUserId() {
            usernameAsUserId = true;
            return this;
        }

        /** Accepts tokens of deactivated users (CHECK_USER_IS_ACTIVE off). */
        public Builder allowInactiveUsers() {
            checkActive = false;
            return this;
        }

        /**
         * Binds tokens to the user's password by a claim, so that they become invalid when it changes (CHECK_REVOKE_TOKEN). The
         * claim is an HMAC-SHA256 of the user's security stamp, which stays the same when the same password is merely rehashed.
         *
         * @param key at least 32 random bytes, used for nothing else
         * @throws IllegalArgumentException if there are fewer
         */
        public Builder passwordFingerprint(byte[] key) {
            Hmac hmac = Hmac.of("passwordFingerprint", key);
            return passwordFingerprint(user -> HexFormat.of().formatHex(hmac.of(user.securityStamp())));
        }

        /**
         * Binds tokens to the user's password by a claim of your own, for instance the one of another application on the same
         * database.
         *
         * <p><b>Security.</b> Clients can read the value: it must not reveal anything of the password hash.
         *
         * @param fingerprint computes the claim; another value for each password
         */
        public Builder passwordFingerprint(Function<StoredUser, String> fingerprint) {
            passwordFingerprint = fingerprint;
            return this;
        }

        /**
         * Encrypts tokens after signing with a shared key ({@code dir} and {@code A256GCM}), so that clients cannot read their
         * claims (RFC 7519, section 11.2), and accepts encrypted tokens. Without encryption, the default, tokens of five parts
         * are rejected before any cryptography.
         *
         * <p><b>Security.</b> Encryption authenticates nothing: anyone can encrypt to a public key. The payload must be a token
         * signed by a key of the {@link KeyRing}; claims that are only encrypted are rejected (CVE-2026-29000). The key
         * determines the algorithm; compression and password-based encryption are rejected. Signed tokens without encryption
         * are still accepted.
         *
         * @param key 32 random bytes, used for nothing else
         * @throws IllegalArgumentException if the key has another length
         */
        public Builder encryptDirect(byte[] key) {
            return encryption(JwtEncryption.direct(key));
        }

        /**
         * Encrypts tokens to an elliptic curve key ({@code ECDH-ES} and {@code A256GCM}); otherwise as {@link #encryptDirect}.
         *
         * @param publicKey a key on P-256, P-384 or P-521
         * @throws IllegalArgumentException if the key is on another curve
         */
        public Builder encryptEcdhEs(ECPublicKey publicKey, ECPrivateKey privateKey) {
            return encryption(JwtEncryption.ecdhEs(publicKey, privateKey));
        }

        /**
         * Encrypts tokens to an RSA key ({@code RSA-OAEP-256} and {@code A256GCM}); otherwise as {@link #encryptDirect}.
         *
         * @param publicKey a key of at least 2048 bits
         * @throws IllegalArgumentException if the key is too short
         */
        public Builder encryptRsaOaep256(RSAPublicKey publicKey, RSAPrivateKey privateKey) {
            return encryption(JwtEncryption.rsaOaep256(publicKey, privateKey));
        }

        Builder encryption(JwtEncryption value) {
            encryption = value;
            return this;
        }

        /** Sets the maximum length of a token in characters, 8192 by default; a longer one is rejected unread. */
        public Builder maxToken(int characters) {
            maxToken = characters;
            return this;
        }

        /**
         * Sets the claims that a token must contain beside {@code exp}, its id and its type; none by default. {@code
         * Preset.STRICT} requires {@code iss}, {@code aud} and {@code iat} (RFC 9068, section 4).
         */
        public Builder requiredClaims(String... names) {
            requiredClaims = Set.of(names);
            return this;
        }

        /**
         * Sets whether the header's {@code typ} must be {@code at+jwt} or {@code rt+jwt} (RFC 9068, section 4), with which tokens
         * are then also issued; off by default, on in {@code Preset.STRICT}.
         */
        public Builder requireTyp(boolean value) {
            requireTyp = value;
            return this;
        }

        /**
         * Sets whether time claims must be positive integers, not for instance fractions; off by default, on in {@code
         * Preset.STRICT}.
         */
        public Builder integerTimes(boolean value) {
            integerTimes = value;
            return this;
        }

        /** Sets whether the header must contain {@code kid}; off by default, on in {@code Preset.STRICT}. */
        public Builder requireKeyId(boolean value) {
            requireKeyId = value;
            return this;
        }

        /**
         * Sets whether tokens with {@code jku}, {@code jwk}, {@code x5u}, {@code x5c}, {@code zip}, {@code enc} or {@code p2c} in
         * the header are rejected; off by default, on in {@code Preset.STRICT}. They are never followed.
         */
        public Builder rejectKeyHeaders(boolean value) {
            rejectKeyHeaders = value;
            return this;
        }

        /**
         * Sets whether the scheme is compared without case (RFC 9110, section 11.1); off by default, on in {@code
         * Preset.STRICT}.
         */
        public Builder ignoreSchemeCase(boolean value) {
            ignoreSchemeCase = value;
            return this;
        }

        /**
         * Returns the settings.
         *
         * @throws IllegalArgumentException if settings contradict each other; the message names them and the fix
         */
        public JwtSettings build() {
            require(
                    !leeway.isNegative() && leeway.compareTo(Duration.ofMinutes(10)) <= 0,
                    "leeway must be from 0 to 10 minutes, not " + leeway);
            require(
                    !accepted.isEmpty() && !accepted.contains(TokenType.REFRESH),
                    "accepted must contain ACCESS, SLIDING or both; a refresh token never authenticates a request");
            require(
                    issuer != null || !requiredClaims.contains("iss"),
                    "requiredClaims contains iss, as Preset.STRICT sets it: write"
                            + " .jwt(keys, jwt -> jwt.issuer(\"https://…\"))");
            require(
                    !audience.isEmpty() || !requiredClaims.contains("aud"),
                    "requiredClaims contains aud, as Preset.STRICT sets it: write"
                            + " .jwt(keys, jwt -> jwt.audience(\"…\"))");
            require(issuer == null || !issuer.isBlank(), "issuer must not be blank");
            require(audience.stream().noneMatch(String::isBlank), "audience must not be blank");
            require(
                    !requireKeyId || !keys.signsWithoutId(),
                    "requireKeyId is set, as in Preset.STRICT, but the signing key has no id: give it one with withId(…)");
            require(maxToken >= 256 && maxToken <= 65_536, "maxToken must be from 256 to 65536, not " + maxToken);
            requireWithinMaxLifetime("accessLifetime", accessLifetime);
            requireWithinMaxLifetime("refreshLifetime", refreshLifetime);
            requireWithinMaxLifetime("slidingLifetime", slidingLifetime);
            return new JwtSettings(this);
        }

        private void requireWithinMaxLifetime(String name, Duration lifetime) {
            require(
                    maxLifetime == null || lifetime.compareTo(maxLifetime) <= 0,
                    name + " is " + lifetime + ", but tokens that live longer than maxLifetime, " + maxLifetime
                            + ", are rejected: raise maxLifetime or shorten " + name);
        }

        private static Duration positive(String name, Duration value) {
            require(!value.isNegative() && !value.isZero(), name + " must be positive, not " + value);
            return value;
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
