package io.postern.auth.jwt;

import io.postern.auth.internal.ConstantTime;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.jwt.internal.CompactJws;
import io.postern.auth.jwt.internal.JwsHeader;
import io.postern.auth.jwt.internal.JwsHeaders;
import io.postern.auth.jwt.internal.NumericDate;
import io.postern.auth.jwt.internal.TokenChecks;
import io.postern.auth.jwt.internal.TokenFault;
import io.postern.auth.jwt.internal.TokenRules;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
    private final Clock clock;
    private final JwsHeaders headers = new JwsHeaders();
    private final TokenChecks checks;

    /** Creates a verifier; the clock decides whether tokens have expired. */
    JwtVerifier(JwtSettings settings, Clock clock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.checks = new TokenChecks(rules(settings), clock);
    }

    private TokenRules rules(JwtSettings settings) {
        return new TokenRules(
                (algorithm, keyId) -> {
                    JwtKey key = settings.keys().find(algorithm, keyId, settings.values.requireKeyId, clock.instant());
                    return key == null ? null : key::verify;
                },
                settings.values.rejectKeyHeaders,
                settings.values.integerTimes ? NumericDate.WHOLE_SECONDS : NumericDate.SIMPLEJWT,
                settings.leeway(),
                Optional.ofNullable(settings.values.maxLifetime),
                Optional.ofNullable(settings.values.issuer),
                Set.copyOf(settings.values.audience));
    }

    /** Verifies a token of one type. */
    JwtVerification verify(String token, TokenType type) {
        return read(token).as(type, jwt -> false);
    }

    /**
     * Verifies a token of one type that may be revoked. Revocation is looked up only where a later check would fail,
     * because simplejwt looks it up before those (drf-contract VD-9); for a valid token, the caller looks it up.
     */
    JwtVerification verify(String token, TokenType type, Predicate<VerifiedJwt> revoked) {
        return read(token).as(type, revoked);
    }

    /** Verifies a token of any type, as simplejwt's verify view does (drf-contract VF-11). */
    JwtVerification verifyAnyType(String token) {
        return read(token).as(null, jwt -> false);
    }

    /**
     * Looks up the user of a token.
     *
     * @return the user, or empty if the claim is absent, neither a string nor an integer, or names no user
     */
    Optional<StoredUser> userOf(VerifiedJwt jwt, UserStore users) {
        Object claim = jwt.rawClaims().get(settings.userIdClaim());
        if (!(claim instanceof String || claim instanceof Long)) {
            return Optional.empty();
        }
        String name = claim.toString();
        return settings.values.usernameAsUserId ? users.findByUsername(name) : users.findById(name);
    }

    /** Returns whether the user's password is unchanged since the token was issued, or tokens are not tied to passwords. */
    boolean hasPasswordOf(VerifiedJwt jwt, StoredUser user) {
        Optional<String> expected = settings.passwordFingerprint(user);
        return expected.isEmpty()
                || ConstantTime.equals(
                        expected.get(),
                        jwt.text(settings.values.revokeTokenClaim).orElse(""));
    }

    /**
     * Parses a token, which may be verified as one type after another: header, signature and payload are read once, and only
     * if a type asks for them.
     */
    Reading read(String token) {
        String signed = signed(token);
        return new Reading(signed == null ? null : headers.parse(signed, settings.values.maxToken));
    }

    /** Returns why a token that was verified before is not valid at a time, for its times alone, or null. */
    @Nullable
    TokenFault refuseTimes(VerifiedJwt jwt, long millis) {
        return checks.refuseTimes(jwt.rawClaims(), millis);
    }

    /** Tokens of five parts are decrypted only if encryption is configured; the token inside is verified as any other. */
    private @Nullable String signed(String token) {
        if (token.length() > settings.values.maxToken || !isEncrypted(token)) {
            return token;
        }
        JwtEncryption encryption = settings.values.encryption;
        return encryption == null ? null : encryption.decrypt(token).orElse(null);
    }

    private static boolean isEncrypted(String token) {
        int dots = 0;
        for (int at = token.indexOf('.'); at >= 0; at = token.indexOf('.', at + 1)) {
            dots++;
        }
        return dots == 4;
    }

    /** A token on its way through the checks. It serves one request. */
    final class Reading {

        private final @Nullable CompactJws token;
        private @Nullable Map<String, Object> claims;
        private @Nullable TokenFault fault;
        private boolean read;

        private Reading(@Nullable CompactJws token) {
            this.token = token;
        }

        /**
         * Verifies the token as one of a type.
         *
         * @param type null for any type
         * @param revoked as in {@link JwtVerifier#verify(String, TokenType, Predicate)}
         */
        JwtVerification as(@Nullable TokenType type, Predicate<VerifiedJwt> revoked) {
            if (token == null) {
                return new JwtVerification.Refused(TokenFault.MALFORMED);
            }
            TokenFault early = checks.refuseHeader(token);
            if (early == null && !hasType(token.header(), type)) {
                early = TokenFault.WRONG_TYP;
            }
            if (early == null) {
                early = refuseContent(token);
            }
            return early == null
                    ? verified(Objects.requireNonNull(claims), type, revoked)
                    : new JwtVerification.Refused(early);
        }

        /** Returns the key that verifies the token now, or null; the token has a string for {@code alg}. */
        @Nullable
        JwtKey key() {
            return token == null ? null : keyOf(token.header(), clock.instant());
        }

        /** Returns the header, or null if the token is malformed. */
        @Nullable
        JwsHeader header() {
            return token == null ? null : token.header();
        }

        private @Nullable TokenFault refuseContent(CompactJws present) {
            if (!read) {
                read = true;
                fault = checks.refuseSignature(present);
                if (fault == null) {
                    headers.remember(present);
                    claims = present.claims();
                    fault = claims == null ? TokenFault.MALFORMED : checks.refuseClaims(claims);
                }
            }
            return fault;
        }
    }

    /** Returns the key that verifies tokens with a header at a time, or null. */
    @Nullable
    JwtKey keyOf(JwsHeader header, Instant when) {
        String algorithm = header.algorithm();
        return algorithm == null
                ? null
                : settings.keys().find(algorithm, header.keyId(), settings.values.requireKeyId, when);
    }

    private boolean hasType(JwsHeader header, @Nullable TokenType type) {
        return !settings.values.requireTyp || type == null || header.hasType(Set.of(type.header()));
    }

    private JwtVerification verified(
            Map<String, Object> claims, @Nullable TokenType type, Predicate<VerifiedJwt> revoked) {
        Object id = claims.get(settings.values.jtiClaim);
        VerifiedJwt jwt = new VerifiedJwt(
                TokenType.of(claims.get(settings.values.tokenTypeClaim)),
                id instanceof String text ? text : "",
                claims);
        TokenFault late = refuseMissing(claims);
        if (late == null && type != null) {
            late = refuseType(claims, type);
        }
        if (late == null) {
            return new JwtVerification.Verified(jwt);
        }
        return new JwtVerification.Refused(isOnBlacklist(jwt, type, revoked) ? TokenFault.REVOKED : late);
    }

    /** simplejwt's access tokens are never on the blacklist: neither those expected nor those received. */
    private static boolean isOnBlacklist(VerifiedJwt jwt, @Nullable TokenType wanted, Predicate<VerifiedJwt> revoked) {
        boolean listed = wanted != TokenType.ACCESS && jwt.type().orElse(null) != TokenType.ACCESS;
        return listed && !jwt.id().isEmpty() && revoked.test(jwt);
    }

    private @Nullable TokenFault refuseMissing(Map<String, Object> claims) {
        TokenFault endless = checks.refuseMissingExpiry(claims);
        if (endless != null) {
            return endless;
        }
        if (!claims.containsKey(settings.values.jtiClaim)) {
            return TokenFault.NO_ID;
        }
        return claims.keySet().containsAll(settings.values.requiredClaims) ? null : TokenFault.CLAIM_MISSING;
    }

    private @Nullable TokenFault refuseType(Map<String, Object> claims, TokenType type) {
        Object claim = claims.get(settings.values.tokenTypeClaim);
        if (claim == null) {
            return TokenFault.NO_TYPE;
        }
        return type.claim().equals(claim) ? null : TokenFault.WRONG_TYPE;
    }
}
