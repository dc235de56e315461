package io.postern.auth.oidc;

import io.postern.auth.internal.JsonNull;
import io.postern.auth.jwt.internal.CompactJws;
import io.postern.auth.jwt.internal.JwsHeader;
import io.postern.auth.jwt.internal.TokenChecks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which members of the header and which claims the tokens of an issuer may have or lack. A member that is {@code null} is
 * absent, as many issuers write it, except for members of the header that are refused. Immutable.
 */
final class Acceptance {

    /** Refused by default; never followed, and without a meaning in a signed token. */
    static final Set<String> IGNORABLE_HEADERS = Set.of("jku", "jwk", "x5u", "x5c", "zip", "enc", "p2c");

    private final Set<String> audiences;
    private final Set<String> clientIds;
    private final String clientIdClaim;
    private final boolean missingAudience;
    private final Set<String> types;
    private final boolean missingType;
    private final Set<String> ignoredHeaders;
    private final boolean missingExpiry;
    private final boolean numericIds;

    Acceptance(TrustedIssuer.Builder from) {
        this.audiences = Set.copyOf(from.audiences);
        this.clientIds = Set.copyOf(from.clientIds);
        this.clientIdClaim = from.clientIdClaim;
        this.missingAudience = from.missingAudience;
        this.types = from.types.stream().map(JwsHeader::shortType).collect(Collectors.toUnmodifiableSet());
        this.missingType = from.missingType;
        this.ignoredHeaders = Set.copyOf(from.ignoredHeaders);
        this.missingExpiry = from.missingExpiry;
        this.numericIds = from.numericIds;
        if (audiences.isEmpty() && clientIds.isEmpty() && !missingAudience) {
            throw new IllegalStateException("name the audience: without it, tokens meant for others are accepted");
        }
        if (types.isEmpty() && !missingType) {
            throw new IllegalStateException("allow at least one typ, for instance at+jwt");
        }
    }

    /** Returns the token without the members of its header that are ignored. */
    CompactJws read(CompactJws token) {
        return token.withHeader(token.header().without(ignoredHeaders));
    }

    /** Returns the claims that are not null. */
    Map<String, Object> read(Map<String, Object> claims) {
        Map<String, Object> present = new LinkedHashMap<>(claims);
        present.values().removeIf(JsonNull.NULL::equals);
        if (numericIds) {
            Stream.of("sub", "jti")
                    .forEach(name -> present.computeIfPresent(
                            name, (same, value) -> value instanceof Long number ? number.toString() : value));
        }
        return present;
    }

    boolean allowsTypeOf(CompactJws token) {
        return token.header().hasType() ? token.header().hasType(types) : missingType;
    }

    /** Whether a token is meant for this application; a token that says for whom it is meant must say so. */
    boolean isForUs(Map<String, Object> claims) {
        if (claims.containsKey("aud")) {
            return TokenChecks.names(claims.get("aud"), audiences);
        }
        return missingAudience
                || (claims.get(clientIdClaim) instanceof String clientId && clientIds.contains(clientId));
    }

    boolean allowsMissingExpiry() {
        return missingExpiry;
    }
}
