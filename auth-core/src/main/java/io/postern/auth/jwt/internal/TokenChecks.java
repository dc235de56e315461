package io.postern.auth.jwt.internal;

import io.postern.auth.jwt.internal.KeySource.VerificationKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one verification of a token's header, signature, times, issuer and audience, for every issuer. Each method returns
 * the first fault, in simplejwt's order (drf-contract VD-1 to VD-14), or null if there is none.
 *
 * <p><b>Security.</b> {@link #refuseHeader} and {@link #refuseSignature} come first and read nothing of the payload. The
 * algorithm is that of the key. A claim that does not parse is bad, never absent.
 *
 * <p>Safe for use by several threads.
 */
public final class TokenChecks {

    private final TokenRules rules;
    private final Clock clock;

    /** Creates checks by rules; the clock decides whether tokens have expired. */
    public TokenChecks(TokenRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** Verifies that the header demands nothing and brings no key. */
    public @Nullable TokenFault refuseHeader(CompactJws token) {
        JwsHeader header = token.header();
        return header.isExtended() || (rules.refuseKeyHeaders() && header.bringsKey()) ? TokenFault.MALFORMED : null;
    }

    /**
     * Verifies the signature.
     *
     * @throws io.postern.auth.StoreException if the keys are not available
     */
    public @Nullable TokenFault refuseSignature(CompactJws token) {
        String algorithm = token.header().algorithm();
        if (algorithm == null || !token.header().hasReadableKeyId()) {
            return TokenFault.NO_KEY;
        }
        VerificationKey key = rules.keys().find(algorithm, token.header().keyId());
        if (key == null) {
            return TokenFault.NO_KEY;
        }
        return key.verify(token.text(), token.payloadEnd(), token.signature()) ? null : TokenFault.BAD_SIGNATURE;
    }

    /** Verifies the claims that are present: times, then issuer, audience and the form of ids. */
    public @Nullable TokenFault refuseClaims(Map<String, Object> claims) {
        TokenFault fault = refuseTimes(claims, clock.millis());
        return fault == null ? refuseParties(claims) : fault;
    }

    /** Verifies that the token expires at all. */
    public @Nullable TokenFault refuseMissingExpiry(Map<String, Object> claims) {
        return claims.containsKey("exp") ? null : TokenFault.NO_EXP;
    }

    /**
     * Verifies the times alone, for a token whose other claims have been verified before.
     *
     * @param millis the time in milliseconds
     */
    public @Nullable TokenFault refuseTimes(Map<String, Object> claims, long millis) {
        double now = millis / 1000.0;
        double leeway = rules.leeway().toMillis() / 1000.0;
        TokenFault fault = refuseStart(claims, "iat", TokenFault.BAD_IAT, now + leeway);
        if (fault == null) {
            fault = refuseStart(claims, "nbf", TokenFault.BAD_NBF, now + leeway);
        }
        if (fault == null) {
            fault = refuseExpiry(claims, now - leeway);
        }
        return fault == null ? refuseLifetime(claims) : fault;
    }

    private @Nullable TokenFault refuseStart(Map<String, Object> claims, String name, TokenFault bad, double latest) {
        Object claim = claims.get(name);
        if (claim == null) {
            return null;
        }
        double seconds = rules.times().read(claim);
        if (Double.isNaN(seconds)) {
            return bad;
        }
        return seconds > latest ? TokenFault.NOT_YET_VALID : null;
    }

    private @Nullable TokenFault refuseExpiry(Map<String, Object> claims, double past) {
        Object claim = claims.get("exp");
        if (claim == null) {
            return null;
        }
        double seconds = rules.times().readExpiry(claim, past);
        if (Double.isNaN(seconds)) {
            return TokenFault.BAD_EXP;
        }
        return seconds <= past ? TokenFault.EXPIRED : null;
    }

    private @Nullable TokenFault refuseLifetime(Map<String, Object> claims) {
        if (rules.maxLifetime().isEmpty() || !claims.containsKey("exp") || !claims.containsKey("iat")) {
            return null;
        }
        double lifetime = rules.times().read(claims.get("exp")) - rules.times().read(claims.get("iat"));
        return (long) lifetime > rules.maxLifetime().get().toSeconds() ? TokenFault.LIVES_TOO_LONG : null;
    }

    private @Nullable TokenFault refuseParties(Map<String, Object> claims) {
        if (rules.issuer().isPresent() && !rules.issuer().get().equals(claims.get("iss"))) {
            return TokenFault.WRONG_ISSUER;
        }
        if (!rules.audience().isEmpty() && !names(claims.get("aud"), rules.audience())) {
            return TokenFault.WRONG_AUDIENCE;
        }
        boolean stringIds = isAbsentOrString(claims, "sub") && isAbsentOrString(claims, "jti");
        return stringIds ? null : TokenFault.BAD_CLAIM;
    }

    /**
     * Returns whether an {@code aud}, one string or a list of strings (RFC 7519, section 4.1.3), contains one of the names.
     */
    public static boolean names(@Nullable Object audience, Set<String> wanted) {
        if (audience instanceof String one) {
            return wanted.contains(one);
        }
        return audience instanceof List<?> several
                && several.stream().allMatch(String.class::isInstance)
                && several.stream().anyMatch(wanted::contains);
    }

    /** RFC 7519, sections 4.1.2 and 4.1.7. */
    private static boolean isAbsentOrString(Map<String, Object> claims, String name) {
        Object claim = claims.get(name);
        return claim == null || claim instanceof String;
    }
}
