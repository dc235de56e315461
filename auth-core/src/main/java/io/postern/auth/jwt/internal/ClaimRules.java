package io.postern.auth.jwt.internal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked of claims alike, whoever issued the token. */
public final class ClaimRules {

    private ClaimRules() {}

    /**
     * Tells whether an {@code aud} names one of ours (RFC 7519, section 4.1.3).
     *
     * @param audience the claim, one text or a list of texts; anything else names nobody
     * @param ours who we are
     * @return true if it does
     */
    public static boolean namesOneOf(@Nullable Object audience, Collection<String> ours) {
        if (audience instanceof String one) {
            return ours.contains(one);
        }
        return audience instanceof List<?> several
                && several.stream().allMatch(String.class::isInstance)
                && several.stream().anyMatch(ours::contains);
    }

    /**
     * Tells whether {@code sub} and {@code jti} are texts where they are there at all (RFC 7519, sections 4.1.2 and
     * 4.1.7).
     *
     * @param claims all claims
     * @return false if one is there and is none
     */
    public static boolean idsAreTexts(Map<String, Object> claims) {
        return Stream.of("sub", "jti")
                .filter(claims::containsKey)
                .map(claims::get)
                .allMatch(String.class::isInstance);
    }
}
