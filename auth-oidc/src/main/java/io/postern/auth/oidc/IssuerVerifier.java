package io.postern.auth.oidc;

import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtVerification.Invalid;
import io.postern.auth.jwt.internal.ClaimRules;
import io.postern.auth.jwt.internal.CompactJws;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked of the tokens of one issuer, first fault first (RFC 8725, section 3; RFC 9068, section 4). */
final class IssuerVerifier {

    private static final double YEAR_9999 = 253_402_300_799d;

    private final TrustedIssuer issuer;
    private final IssuerKeys keys;
    private final Clock clock;

    IssuerVerifier(TrustedIssuer issuer, IssuerKeys keys, Clock clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
    }

    Optional<Invalid> refuse(CompactJws token, Map<String, Object> claims) {
        return Stream.<Supplier<Optional<Invalid>>>of(
                        () -> refuseHeader(token),
                        () -> refuseSignature(token),
                        () -> refuseTimes(claims),
                        () -> refuseParties(claims))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Invalid> refuseHeader(CompactJws token) {
        if (token.isExtended() || token.bringsKey()) {
            return invalid("jwt_malformed");
        }
        Object type = token.header().get("typ");
        boolean allowed =
                type == null ? issuer.allowsMissingType() : type instanceof String text && issuer.allowsType(text);
        return allowed ? Optional.empty() : Optional.of(new Invalid("Token has wrong type", "jwt_wrong_typ"));
    }

    private Optional<Invalid> refuseSignature(CompactJws token) {
        Optional<JwtAlgorithm> algorithm = issuer.algorithms().stream()
                .filter(allowed -> allowed.headerName().equals(token.header().get("alg")))
                .findFirst();
        Object id = token.header().get("kid");
        if (algorithm.isEmpty() || (id != null && !(id instanceof String))) {
            return invalid("jwt_no_key");
        }
        Optional<JwtKey> key = keys.find(Optional.ofNullable((String) id), algorithm.get());
        if (key.isEmpty()) {
            return invalid("jwt_no_key");
        }
        return key.get().verify(token.signingInput(), token.signature())
                ? Optional.empty()
                : invalid("jwt_bad_signature");
    }

    private Optional<Invalid> refuseTimes(Map<String, Object> claims) {
        double now = clock.millis() / 1000.0;
        double leeway = issuer.leeway().toMillis() / 1000.0;
        for (String name : List.of("iat", "nbf", "exp")) {
            if (claims.containsKey(name) && !isTime(claims.get(name))) {
                return invalid("jwt_bad_" + name);
            }
        }
        if (!claims.containsKey("exp")) {
            return Optional.of(new Invalid("Token has no 'exp' claim", "jwt_no_exp"));
        }
        if (seconds(claims.get("exp")) <= now - leeway) {
            return Optional.of(new Invalid("Token is expired", "jwt_expired"));
        }
        boolean early = Stream.of("iat", "nbf")
                .filter(claims::containsKey)
                .anyMatch(name -> seconds(claims.get(name)) > now + leeway);
        return early ? invalid("jwt_not_yet_valid") : Optional.empty();
    }

    /** Integers and fractions (RFC 7519, section 2). */
    private static boolean isTime(@Nullable Object claim) {
        double value = seconds(claim);
        return value > 0 && value <= YEAR_9999;
    }

    private static double seconds(@Nullable Object claim) {
        return claim instanceof Long || claim instanceof BigDecimal ? ((Number) claim).doubleValue() : -1;
    }

    private Optional<Invalid> refuseParties(Map<String, Object> claims) {
        if (!issuer.issuer().equals(claims.get("iss"))) {
            return invalid("jwt_wrong_issuer");
        }
        if (!ClaimRules.namesOneOf(claims.get("aud"), issuer.audiences())) {
            return invalid("jwt_wrong_audience");
        }
        return ClaimRules.idsAreTexts(claims) ? Optional.empty() : invalid("jwt_bad_claim");
    }

    private static Optional<Invalid> invalid(String reason) {
        return Optional.of(new Invalid("Token is invalid", reason));
    }
}
