package io.postern.auth.jwt;

import java.util.Set;

/**
 * What is demanded of a token beyond simplejwt's checks.
 *
 * <p>Whatever is set here, these hold: one algorithm per key, canonical base64url, one JSON object per part without
 * duplicate members, no {@code crit}, and a claim that does not parse is bad, never absent.
 *
 * @param requiredClaims claims that must be there, beside {@code exp}, the token's id and its type
 * @param checkTyp whether the header's {@code typ} must be {@code at+jwt} or {@code rt+jwt} (RFC 9068, section 4); such
 *     tokens are also issued with it
 * @param wholeSeconds whether times must be integers within sane years, and not for instance fractions
 * @param requireKeyId whether the header must name the key
 * @param refuseKeyHeaders whether {@code jku}, {@code jwk}, {@code x5u}, {@code x5c}, {@code zip}, {@code enc} and {@code
 *     p2c} in the header are refused; they are never followed
 * @param schemeIgnoresCase whether the scheme is compared without case (RFC 9110, section 11.1)
 */
public record JwtValidation(
        Set<String> requiredClaims,
        boolean checkTyp,
        boolean wholeSeconds,
        boolean requireKeyId,
        boolean refuseKeyHeaders,
        boolean schemeIgnoresCase) {

    /**
     * Copies the claims.
     *
     * @param requiredClaims claims that must be there, beside {@code exp}, the token's id and its type
     * @param checkTyp whether the header's {@code typ} must be {@code at+jwt} or {@code rt+jwt} (RFC 9068, section 4)
     * @param wholeSeconds whether times must be integers within sane years, and not for instance fractions
     * @param requireKeyId whether the header must name the key
     * @param refuseKeyHeaders whether {@code jku}, {@code jwk}, {@code x5u}, {@code x5c}, {@code zip}, {@code enc}
     *     and {@code p2c} in the header are refused
     * @param schemeIgnoresCase whether the scheme is compared without case (RFC 9110, section 11.1)
     */
    public JwtValidation {
        requiredClaims = Set.copyOf(requiredClaims);
    }

    /**
     * Returns what simplejwt 5.5.1 demands.
     *
     * @return the settings of the preset DRF
     */
    public static JwtValidation simplejwt() {
        return new JwtValidation(Set.of(), false, false, false, false, false);
    }

    /**
     * Returns what RFC 8725 and RFC 9068 ask for.
     *
     * @return the settings of the preset STRICT
     */
    public static JwtValidation rfc() {
        return new JwtValidation(Set.of("iss", "aud", "iat"), true, true, true, true, true);
    }
}
