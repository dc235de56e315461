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

    final JwtValues values;
    private final Challenge challenge;

    private JwtSettings(JwtValues values) {
        this.values = values;
        this.challenge = Challenge.of(values.schemes.get(0)).withParameter("realm", values.realm);
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
        return values.keys;
    }

    /** Returns the lifetime of access tokens. */
    public Duration accessLifetime() {
        return values.accessLifetime;
    }

    /** Returns the lifetime of refresh tokens. */
    public Duration refreshLifetime() {
        return values.refreshLifetime;
    }

    /** Returns the lifetime of sliding tokens. */
    public Duration slidingLifetime() {
        return values.slidingLifetime;
    }

    /** Returns how long a sliding token may be refreshed. */
    public Duration slidingRefreshLifetime() {
        return values.slidingRefreshLifetime;
    }

    /** Returns the tolerated clock difference. */
    public Duration leeway() {
        return values.leeway;
    }

    /** Returns the token types that authenticate a request, in the order in which they are tried. */
    public List<TokenType> accepted() {
        return values.accepted;
    }

    /** Returns the name of the claim that identifies the user. */
    public String userIdClaim() {
        return values.userIdClaim;
    }

    /** Returns the value of the claim that binds a user's tokens to the password; empty if tokens are not bound. */
    Optional<String> passwordFingerprint(StoredUser user) {
        return values.passwordFingerprint == null
                ? Optional.empty()
                : Optional.of(values.passwordFingerprint.apply(user));
    }

    /**
     * Returns a user as tokens name the user: the id, or with {@link Builder#usernameAsUserId} the username.
     *
     * @param users the user store
     * @return empty if tokens contain usernames and no user has this id
     */
    public Optional<String> nameInTokens(String userId, UserStore users) {
        return values.usernameAsUserId
                ? users.findById(userId).map(found -> found.user().username())
                : Optional.of(userId);
    }

    /** Returns the challenge with the first scheme and the realm. */
    public Challenge challenge() {
        return challenge;
    }

    /** Collects the settings. Not safe for use by several threads. */
    public static final class Builder {

        private final JwtValues values;

        private Builder(KeyRing keys) {
            values = new JwtValues(Objects.requireNonNull(keys, "keys"));
        }

        /** Sets the lifetime of access tokens, 5 minutes by default (ACCESS_TOKEN_LIFETIME). */
        public Builder accessLifetime(Duration value) {
            values.accessLifetime = JwtValues.positive("accessLifetime", value);
            return this;
        }

        /** Sets the lifetime of refresh tokens, 1 day by default (REFRESH_TOKEN_LIFETIME). */
        public Builder refreshLifetime(Duration value) {
            values.refreshLifetime = JwtValues.positive("refreshLifetime", value);
            return this;
        }

        /** Sets the lifetime of sliding tokens, 5 minutes by default (SLIDING_TOKEN_LIFETIME). */
        public Builder slidingLifetime(Duration value) {
            values.slidingLifetime = JwtValues.positive("slidingLifetime", value);
            return this;
        }

        /** Sets how long a sliding token may be refreshed, 1 day by default (SLIDING_TOKEN_REFRESH_LIFETIME). */
        public Builder slidingRefreshLifetime(Duration value) {
            values.slidingRefreshLifetime = JwtValues.positive("slidingRefreshLifetime", value);
            return this;
        }

        /** Rejects tokens with more time than this from {@code iat} to {@code exp}, including our own; no limit by default. */
        public Builder maxLifetime(Duration value) {
            values.maxLifetime = JwtValues.positive("maxLifetime", value);
            return this;
        }

        /** Sets the tolerated clock difference for all time claims: 0 by default, at most 10 minutes (LEEWAY). */
        public Builder leeway(Duration value) {
            values.leeway = value;
            return this;
        }

        /** Sets the issuer: written as {@code iss} and required of tokens; none by default (ISSUER). */
        public Builder issuer(String value) {
            values.issuer = value;
            return this;
        }

        /**
         * Sets the audience: written as {@code aud}, and a token must contain at least one of these values; none by default
         * (AUDIENCE).
         */
        public Builder audience(String... all) {
            values.audience = List.of(all);
            return this;
        }

        /**
         * Sets the token types that authenticate a request, in the order in which they are tried; access tokens by default
         * (AUTH_TOKEN_CLASSES).
         */
        public Builder accepted(TokenType... all) {
            values.accepted = List.of(all);
            return this;
        }

        /**
         * Sets the request header that carries the token, {@code Authorization} by default (AUTH_HEADER_NAME). The scheme is
         * required in it, whatever its name.
         */
        public Builder headerName(String value) {
            values.headerName = value;
            return this;
        }

        /**
         * Sets the schemes before the token, {@code Bearer} by default; the challenge contains the first one
         * (AUTH_HEADER_TYPES).
         *
         * @throws IllegalArgumentException if there is none, or one is not a token of RFC 9110
         */
        public Builder schemes(String... all) {
            if (all.length == 0) {
                throw new IllegalArgumentException("schemes must not be empty: set for instance Bearer");
            }
            List.of(all).forEach(Challenge::of);
            values.schemes = List.of(all);
            return this;
        }

        /** Sets the realm of the challenge, {@code api} by default. */
        public Builder realm(String value) {
            values.realm = value;
            return this;
        }

        /** Sets the claim with the token type, {@code token_type} by default (TOKEN_TYPE_CLAIM). */
        public Builder tokenTypeClaim(String name) {
            values.tokenTypeClaim = name;
            return this;
        }

        /** Sets the claim with the token's id, {@code jti} by default (JTI_CLAIM). */
        public Builder jtiClaim(String name) {
            values.jtiClaim = name;
            return this;
        }

        /** Sets the claim that identifies the user, {@code user_id} by default (USER_ID_CLAIM). */
        public Builder userIdClaim(String name) {
            values.userIdClaim = name;
            return this;
        }

        /**
         * Sets the claim with the end of a sliding token's refresh period, {@code refresh_exp} by default
         * (SLIDING_TOKEN_REFRESH_EXP_CLAIM).
         */
        public Builder slidingRefreshExpClaim(String name) {
            values.slidingRefreshExpClaim = name;
            return this;
        }

        /** Sets the claim that binds a token to the user's password, {@code hash_password} by default (REVOKE_TOKEN_CLAIM). */
        public Builder revokeTokenClaim(String name) {
            values.revokeTokenClaim = name;
            return this;
        }

        /**
         * Identifies users by username instead of id in tokens, and looks them up by it (USER_ID_FIELD). An id never changes and
         * is never assigned again; prefer it.
         */
        public Builder usernameAsUserId() {
            values.usernameAsUserId = true;
            return this;
        }

        /** Accepts tokens of deactivated users (CHECK_USER_IS_ACTIVE off). */
        public Builder allowInactiveUsers() {
            values.checkActive = false;
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
            values.passwordFingerprint = fingerprint;
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
            values.encryption = value;
            return this;
        }

        /** Sets the maximum length of a token in characters, 8192 by default; a longer one is rejected unread. */
        public Builder maxToken(int characters) {
            values.maxToken = characters;
            return this;
        }

        /**
         * Sets how many verified tokens are remembered, 10,000 by default, so that the next request with the same token costs
         * no verification. Expiry, retired and removed keys, revocation and the user are checked by each request all the
         * same; refusals are not remembered. A token takes about 2 KB; the tokens themselves take 16 MB at most.
         *
         * @param maxTokens at least 2; the least recently used ones are dropped
         * @throws IllegalArgumentException if it is less
         */
        public Builder verifiedCache(int maxTokens) {
            if (maxTokens < 2) {
                throw new IllegalArgumentException(
                        "verifiedCache must be at least 2, not " + maxTokens + ": call withoutVerifiedCache()");
            }
            values.maxVerifiedTokens = maxTokens;
            return this;
        }

        /** Verifies the signature of each token by each request. */
        public Builder withoutVerifiedCache() {
            values.maxVerifiedTokens = 0;
            return this;
        }

        /**
         * Sets the claims that a token must contain beside {@code exp}, its id and its type; none by default. {@code
         * Preset.STRICT} requires {@code iss}, {@code aud} and {@code iat} (RFC 9068, section 4).
         */
        public Builder requiredClaims(String... names) {
            values.requiredClaims = Set.of(names);
            return this;
        }

        /**
         * Sets whether the header's {@code typ} must be {@code at+jwt} or {@code rt+jwt} (RFC 9068, section 4), with which tokens
         * are then also issued; off by default, on in {@code Preset.STRICT}.
         */
        public Builder requireTyp(boolean value) {
            values.requireTyp = value;
            return this;
        }

        /**
         * Sets whether time claims must be positive integers, not for instance fractions; off by default, on in {@code
         * Preset.STRICT}.
         */
        public Builder integerTimes(boolean value) {
            values.integerTimes = value;
            return this;
        }

        /** Sets whether the header must contain {@code kid}; off by default, on in {@code Preset.STRICT}. */
        public Builder requireKeyId(boolean value) {
            values.requireKeyId = value;
            return this;
        }

        /**
         * Sets whether tokens with {@code jku}, {@code jwk}, {@code x5u}, {@code x5c}, {@code zip}, {@code enc} or {@code p2c} in
         * the header are rejected; off by default, on in {@code Preset.STRICT}. They are never followed.
         */
        public Builder rejectKeyHeaders(boolean value) {
            values.rejectKeyHeaders = value;
            return this;
        }

        /**
         * Sets whether the scheme is compared without case (RFC 9110, section 11.1); off by default, on in {@code
         * Preset.STRICT}.
         */
        public Builder ignoreSchemeCase(boolean value) {
            values.ignoreSchemeCase = value;
            return this;
        }

        /**
         * Returns the settings.
         *
         * @throws IllegalArgumentException if settings contradict each other; the message names them and the fix
         */
        public JwtSettings build() {
            values.check();
            return new JwtSettings(values.copy());
        }
    }
}
