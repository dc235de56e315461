package io.postern.auth.jwt;

import io.postern.auth.internal.ConstantTime;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.jwt.internal.CompactJws;
import io.postern.auth.jwt.internal.NumericDate;
import io.postern.auth.jwt.internal.TokenChecks;
import io.postern.auth.jwt.internal.TokenFault;
import io.postern.auth.jwt.internal.TokenRules;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Verifies tokens of our own: form, header, signature, then claims, in simplejwt's order and with its messages
 * (drf-contract VD-1 to VD-14).
 *
 * <p><b>Security.</b> Nothing of the payload is read before the signature is verified. The algorithm is that of the key.
 * Nothing that a token names is ever fetched.
 *
 * <p>Immutable and safe for use by several threads.
 */
final class JwtVerifier {

    private final JwtSettings settings;
    private final TokenChecks checks;

    /** Creates a verifier; the clock decides whether tokens have expired. */
    JwtVerifier(JwtSettings settings, Clock clock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.checks = new TokenChecks(rules(settings, clock), clock);
    }

    private static TokenRules rules(JwtSettings settings, Clock clock) {
        return new TokenRules(
                (algorithm, keyId) -> settings.keys()
                        .find(algorithm, Optional.ofNullable(keyId), settings.values.requireKeyId, clock.instant())
                        .map(key -> key::verify),
                settings.values.rejectKeyHeaders,
                settings.values.integerTimes ? NumericDate.WHOLE_SECONDS : NumericDate.SIMPLEJWT,
                settings.leeway(),
                Optional.ofNullable(settings.values.maxLifetime),
                Optional.ofNullable(settings.values.issuer),
                Set.copyOf(settings.values.audience));
    }

    /** Verifies a token of one type. */
    JwtVerification verify(String token, TokenType type) {
        return verify(token, Optional.of(type), jwt -> false);
    }

    /**
     * Verifies a token of one type that may be revoked. Revocation is looked up only where a later check would fail,
     * because simplejwt looks it up before those (drf-contract VD-9); for a valid token, the caller looks it up.
     */
    JwtVerification verify(String token, TokenType type, Predicate<VerifiedJwt> revoked) {
        return verify(token, Optional.of(type), revoked);
    }

    /** Verifies a token of any type, as simplejwt's verify view does (drf-contract VF-11). */
    JwtVerification verifyAnyType(String token) {
        return verify(token, Optional.empty(), jwt -> false);
    }

    /**
     * Looks up the user of a token.
     *
     * @return the user, or empty if the claim is absent, neither a string nor an integer, or names no user
     */
    Optional<StoredUser> userOf(VerifiedJwt jwt, UserStore users) {
        return jwt.claim(settings.userIdClaim())
                .filter(value -> value instanceof String || value instanceof Long)
                .map(String::valueOf)
                .flatMap(settings.values.usernameAsUserId ? users::findByUsername : users::findById);
    }

    /** Returns whether the user's password is unchanged since the token was issued, or tokens are not tied to passwords. */
    boolean hasPasswordOf(VerifiedJwt jwt, StoredUser user) {
        return settings.passwordFingerprint(user)
                .map(expected -> ConstantTime.equals(
                        expected, jwt.text(settings.values.revokeTokenClaim).orElse("")))
                .orElse(true);
    }

    private JwtVerification verify(String token, Optional<TokenType> type, Predicate<VerifiedJwt> revoked) {
        Optional<CompactJws> parsed = signed(token).flatMap(inner -> CompactJws.parse(inner, settings.values.maxToken));
        if (parsed.isEmpty()) {
            return invalid(TokenFault.MALFORMED);
        }
        Optional<TokenFault> fault = checks.refuseSigned(parsed.get(), jws -> hasType(jws, type));
        if (fault.isPresent()) {
            return invalid(fault.get());
        }
        return parsed.get()
                .claims()
                .map(claims -> verified(claims, type, revoked))
                .orElseGet(() -> invalid(TokenFault.MALFORMED));
    }

    /** Tokens of five parts are decrypted only if encryption is configured; the token inside is verified as any other. */
    private Optional<String> signed(String token) {
        boolean fits = token.length() <= settings.values.maxToken;
        boolean encrypted = fits && token.chars().filter(c -> c == '.').count() == 4;
        if (!encrypted) {
            return Optional.of(token);
        }
        return settings.values.encryption == null ? Optional.empty() : settings.values.encryption.decrypt(token);
    }

    private boolean hasType(CompactJws token, Optional<TokenType> type) {
        return !settings.values.requireTyp
                || type.isEmpty()
                || token.hasType(Set.of(type.get().header()));
    }

    private JwtVerification verified(
            Map<String, Object> claims, Optional<TokenType> type, Predicate<VerifiedJwt> revoked) {
        Optional<TokenFault> fault = checks.refuseClaims(claims);
        if (fault.isPresent()) {
            return invalid(fault.get());
        }
        Object id = claims.getOrDefault(settings.values.jtiClaim, "");
        VerifiedJwt jwt = new VerifiedJwt(
                TokenType.of(claims.get(settings.values.tokenTypeClaim)),
                id instanceof String text ? text : "",
                claims);
        Optional<TokenFault> late = refuseMissing(claims).or(() -> type.flatMap(wanted -> refuseType(claims, wanted)));
        if (late.isEmpty()) {
            return new JwtVerification.Verified(jwt);
        }
        return isOnBlacklist(jwt, type, revoked) ? new JwtVerification.Revoked() : invalid(late.get());
    }

    /** simplejwt's access tokens are never on the blacklist: neither those expected nor those received. */
    private static boolean isOnBlacklist(VerifiedJwt jwt, Optional<TokenType> wanted, Predicate<VerifiedJwt> revoked) {
        boolean listed = wanted.filter(TokenType.ACCESS::equals)
                .or(() -> jwt.type().filter(TokenType.ACCESS::equals))
                .isEmpty();
        return listed && !jwt.id().isEmpty() && revoked.test(jwt);
    }

    private Optional<TokenFault> refuseMissing(Map<String, Object> claims) {
        Optional<TokenFault> endless = checks.refuseMissingExpiry(claims);
        if (endless.isPresent()) {
            return endless;
        }
        if (!claims.containsKey(settings.values.jtiClaim)) {
            return Optional.of(TokenFault.NO_ID);
        }
        boolean complete = claims.keySet().containsAll(settings.values.requiredClaims);
        return complete ? Optional.empty() : Optional.of(TokenFault.CLAIM_MISSING);
    }

    private Optional<TokenFault> refuseType(Map<String, Object> claims, TokenType type) {
        String name = settings.values.tokenTypeClaim;
        if (!claims.containsKey(name)) {
            return Optional.of(TokenFault.NO_TYPE);
        }
        return type.claim().equals(claims.get(name)) ? Optional.empty() : Optional.of(TokenFault.WRONG_TYPE);
    }

    private static JwtVerification.Refused invalid(TokenFault fault) {
        return fault == TokenFault.EXPIRED
                ? new JwtVerification.Expired()
                : new JwtVerification.Invalid(fault.message(), fault.reason());
    }
}
