package io.postern.auth.jwt;

import io.postern.auth.jwt.JwtVerification.Invalid;
import io.postern.auth.jwt.internal.ClaimRules;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is asked of the claims of a token with a good signature, first fault first (drf-contract VD-5 to VD-14). */
final class ClaimChecks {

    private final JwtSettings settings;
    private final Clock clock;
    private final NumericDate times;

    ClaimChecks(JwtSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.times = new NumericDate(settings.integerTimes);
    }

    /** What simplejwt leaves to PyJWT: times, then issuer, audience and the form of ids. */
    Optional<Invalid> refuseBasics(Map<String, Object> claims) {
        return refuseTimes(claims).or(() -> refuseParties(claims));
    }

    /** What simplejwt asks itself: that the claims it needs are there, and that the type is right. */
    Optional<Invalid> refuseShape(Map<String, Object> claims, Optional<TokenType> kind) {
        return refuseMissing(claims).or(() -> kind.flatMap(wanted -> refuseKind(claims, wanted)));
    }

    private Optional<Invalid> refuseTimes(Map<String, Object> claims) {
        double now = clock.millis() / 1000.0;
        double leeway = settings.leeway().toMillis() / 1000.0;
        return refuseBeginning(claims, "iat", now + leeway)
                .or(() -> refuseBeginning(claims, "nbf", now + leeway))
                .or(() -> refuseEnd(claims, now - leeway))
                .or(() -> livesTooLong(claims) ? invalid("jwt_lives_too_long") : Optional.empty());
    }

    private Optional<Invalid> refuseBeginning(Map<String, Object> claims, String name, double latest) {
        if (!claims.containsKey(name)) {
            return Optional.empty();
        }
        OptionalLong seconds = times.read(claims.get(name));
        if (seconds.isEmpty()) {
            return invalid("jwt_bad_" + name);
        }
        return seconds.getAsLong() > latest ? invalid("jwt_not_yet_valid") : Optional.empty();
    }

    private Optional<Invalid> refuseEnd(Map<String, Object> claims, double past) {
        if (!claims.containsKey("exp")) {
            return Optional.empty();
        }
        OptionalLong seconds = times.readEnd(claims.get("exp"), past);
        if (seconds.isEmpty()) {
            return invalid("jwt_bad_exp");
        }
        return seconds.getAsLong() <= past
                ? Optional.of(new Invalid("Token is expired", "jwt_expired"))
                : Optional.empty();
    }

    private boolean livesTooLong(Map<String, Object> claims) {
        if (settings.maxLifetime == null || !claims.containsKey("exp") || !claims.containsKey("iat")) {
            return false;
        }
        long lifetime = times.read(claims.get("exp")).orElseThrow()
                - times.read(claims.get("iat")).orElseThrow();
        return Duration.ofSeconds(lifetime).compareTo(settings.maxLifetime) > 0;
    }

    private Optional<Invalid> refuseParties(Map<String, Object> claims) {
        if (settings.issuer != null && !settings.issuer.equals(claims.get("iss"))) {
            return invalid("jwt_wrong_issuer");
        }
        if (!settings.audience.isEmpty() && !ClaimRules.namesOneOf(claims.get("aud"), settings.audience)) {
            return invalid("jwt_wrong_audience");
        }
        return ClaimRules.idsAreTexts(claims) ? Optional.empty() : invalid("jwt_bad_claim");
    }

    private Optional<Invalid> refuseMissing(Map<String, Object> claims) {
        if (!claims.containsKey("exp")) {
            return Optional.of(new Invalid("Token has no 'exp' claim", "jwt_no_exp"));
        }
        if (!claims.containsKey(settings.jtiClaim())) {
            return Optional.of(new Invalid("Token has no id", "jwt_no_id"));
        }
        Set<String> required = settings.requiredClaims;
        return claims.keySet().containsAll(required) ? Optional.empty() : invalid("jwt_claim_missing");
    }

    private Optional<Invalid> refuseKind(Map<String, Object> claims, TokenType kind) {
        String name = settings.tokenTypeClaim();
        if (!claims.containsKey(name)) {
            return Optional.of(new Invalid("Token has no type", "jwt_no_type"));
        }
        return kind.claim().equals(claims.get(name))
                ? Optional.empty()
                : Optional.of(new Invalid("Token has wrong type", "jwt_wrong_type"));
    }

    private static Optional<Invalid> invalid(String reason) {
        return Optional.of(new Invalid("Token is invalid", reason));
    }
}
