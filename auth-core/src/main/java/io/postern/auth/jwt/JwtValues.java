package io.postern.auth.jwt;

import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.user.StoredUser;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of {@link JwtSettings}, with simplejwt's as defaults. Its builder changes them; those of the settings never change. */
final class JwtValues {

    final KeyRing keys;
    Duration accessLifetime = Duration.ofMinutes(5);
    Duration refreshLifetime = Duration.ofDays(1);
    Duration slidingLifetime = Duration.ofMinutes(5);
    Duration slidingRefreshLifetime = Duration.ofDays(1);
    Duration leeway = Duration.ZERO;

    @Nullable
    Duration maxLifetime;

    @Nullable
    String issuer;

    List<String> audience = List.of();
    List<TokenType> accepted = List.of(TokenType.ACCESS);
    String headerName = "Authorization";
    List<String> schemes = List.of("Bearer");
    String realm = "api";
    String tokenTypeClaim = "token_type";
    String jtiClaim = "jti";
    String userIdClaim = "user_id";
    String slidingRefreshExpClaim = "refresh_exp";
    String revokeTokenClaim = "hash_password";
    boolean usernameAsUserId;
    boolean checkActive = true;

    @Nullable
    Function<StoredUser, String> passwordFingerprint;

    @Nullable
    JwtEncryption encryption;

    int maxToken = 8192;

    /** 0 to remember none. */
    int maxVerifiedTokens = 10_000;

    Set<String> requiredClaims = Set.of();
    boolean requireTyp;
    boolean integerTimes;
    boolean requireKeyId;
    boolean rejectKeyHeaders;
    boolean ignoreSchemeCase;

    JwtValues(KeyRing keys) {
        this.keys = keys;
    }

    JwtValues copy() {
        JwtValues copy = new JwtValues(keys);
        copy.accessLifetime = accessLifetime;
        copy.refreshLifetime = refreshLifetime;
        copy.slidingLifetime = slidingLifetime;
        copy.slidingRefreshLifetime = slidingRefreshLifetime;
        copy.leeway = leeway;
        copy.maxLifetime = maxLifetime;
        copy.issuer = issuer;
        copy.audience = audience;
        copy.accepted = accepted;
        copy.headerName = headerName;
        copy.schemes = schemes;
        copy.realm = realm;
        copy.tokenTypeClaim = tokenTypeClaim;
        copy.jtiClaim = jtiClaim;
        copy.userIdClaim = userIdClaim;
        copy.slidingRefreshExpClaim = slidingRefreshExpClaim;
        copy.revokeTokenClaim = revokeTokenClaim;
        copy.usernameAsUserId = usernameAsUserId;
        copy.checkActive = checkActive;
        copy.passwordFingerprint = passwordFingerprint;
        copy.encryption = encryption;
        copy.maxToken = maxToken;
        copy.maxVerifiedTokens = maxVerifiedTokens;
        copy.requiredClaims = requiredClaims;
        copy.requireTyp = requireTyp;
        copy.integerTimes = integerTimes;
        copy.requireKeyId = requireKeyId;
        copy.rejectKeyHeaders = rejectKeyHeaders;
        copy.ignoreSchemeCase = ignoreSchemeCase;
        return copy;
    }

    /** Throws an {@code IllegalArgumentException} if values contradict each other. */
    void check() {
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
    }

    private void requireWithinMaxLifetime(String name, Duration lifetime) {
        require(
                maxLifetime == null || lifetime.compareTo(maxLifetime) <= 0,
                name + " is " + lifetime + ", but tokens that live longer than maxLifetime, " + maxLifetime
                        + ", are rejected: raise maxLifetime or shorten " + name);
    }

    static Duration positive(String name, Duration value) {
        require(!value.isNegative() && !value.isZero(), name + " must be positive, not " + value);
        return value;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
