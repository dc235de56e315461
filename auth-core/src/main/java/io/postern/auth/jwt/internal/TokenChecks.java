package io.postern.auth.jwt.internal;

import io.postern.auth.jwt.internal.KeySource.VerificationKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one verification of a token's header, signature, times, issuer and audience, for every issuer. Each method returns
 * the first fault, in simplejwt's order (drf-contract VD-1 to VD-14).
 *
 * <p><b>Security.</b> {@link #refuseSigned} comes first and reads nothing of the payload. The algorithm is that of the
 * key. A claim that does not parse is bad, never absent.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class TokenChecks {

    private final TokenRules rules;
    private final Clock clock;

    /** Creates checks by rules; the clock decides whether tokens have expired. */
    public TokenChecks(TokenRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Verifies header and signature.
     *
     * @param type whether the header's {@code typ} is allowed
     * @throws io.postern.auth.StoreException if the keys are not available
     */
    public Optional<TokenFault> refuseSigned(CompactJws token, Predicate<CompactJws> type) {
        if (token.isExtended() || (rules.refuseKeyHeaders() && token.bringsKey())) {
            return Optional.of(TokenFault.MALFORMED);
        }
        if (!type.test(token)) {
            return Optional.of(TokenFault.WRONG_TYP);
        }
        Object keyId = token.header().get("kid");
        if (!(token.header().get("alg") instanceof String algorithm) || (keyId != null && !(keyId instanceof String))) {
            return Optional.of(TokenFault.NO_KEY);
        }
        Optional<VerificationKey> key = rules.keys().find(algorithm, (String) keyId);
        if (key.isEmpty()) {
            return Optional.of(TokenFault.NO_KEY);
        }
        return key.get().verify(token.signingInput(), token.signature())
                ? Optional.empty()
                : Optional.of(TokenFault.BAD_SIGNATURE);
    }

    /** Verifies the claims that are present: times, then issuer, audience and the form of ids. */
    public Optional<TokenFault> refuseClaims(Map<String, Object> claims) {
        return refuseTimes(claims).or(() -> refuseParties(claims));
    }

    /** Verifies that the token expires at all. */
    public Optional<TokenFault> refuseMissingExpiry(Map<String, Object> claims) {
        return claims.containsKey("exp") ? Optional.empty() : Optional.of(TokenFault.NO_EXP);
    }

    private Optional<TokenFault> refuseTimes(Map<String, Object> claims) {
        double now = clock.millis() / 1000.0;
        double leeway = rules.leeway().toMillis() / 1000.0;
        return refuseStart(claims, "iat", TokenFault.BAD_IAT, now + leeway)
                .or(() -> refuseStart(claims, "nbf", TokenFault.BAD_NBF, now + leeway))
                .or(() -> refuseExpiry(claims, now - leeway))
                .or(() -> refuseLifetime(claims));
    }

    private Optional<TokenFault> refuseStart(Map<String, Object> claims, String name, TokenFault bad, double latest) {
        if (!claims.containsKey(name)) {
            return Optional.empty();
        }
        OptionalDouble seconds = rules.times().read(claims.get(name));
        if (seconds.isEmpty()) {
            return Optional.of(bad);
        }
        return seconds.getAsDouble() > latest ? Optional.of(TokenFault.NOT_YET_VALID) : Optional.empty();
    }

    private Optional<TokenFault> refuseExpiry(Map<String, Object> claims, double past) {
        if (!claims.containsKey("exp")) {
            return Optional.empty();
        }
        OptionalDouble seconds = rules.times().readExpiry(claims.get("exp"), past);
        if (seconds.isEmpty()) {
            return Optional.of(TokenFault.BAD_EXP);
        }
        return seconds.getAsDouble() <= past ? Optional.of(TokenFault.EXPIRED) : Optional.empty();
    }

    private Optional<TokenFault> refuseLifetime(Map<String, Object> claims) {
        if (rules.maxLifetime().isEmpty() || !claims.containsKey("exp") || !claims.containsKey("iat")) {
            return Optional.empty();
        }
        double lifetime = rules.times().read(claims.get("exp")).orElseThrow()
                - rules.times().read(claims.get("iat")).orElseThrow();
        boolean tooLong = Duration.ofSeconds((long) lifetime)
                        .compareTo(rules.maxLifetime().get())
                > 0;
        return tooLong ? Optional.of(TokenFault.LIVES_TOO_LONG) : Optional.empty();
    }

    private Optional<TokenFault> refuseParties(Map<String, Object> claims) {
        if (rules.issuer().isPresent() && !rules.issuer().get().equals(claims.get("iss"))) {
            return Optional.of(TokenFault.WRONG_ISSUER);
        }
        if (!rules.audience().isEmpty() && !names(claims.get("aud"), rules.audience())) {
            return Optional.of(TokenFault.WRONG_AUDIENCE);
        }
        boolean stringIds = isAbsentOrString(claims, "sub") && isAbsentOrString(claims, "jti");
        return stringIds ? Optional.empty() : Optional.of(TokenFault.BAD_CLAIM);
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
        return !claims.containsKey(name) || claims.get(name) instanceof String;
    }
}
