package io.postern.auth.oidc;

import io.postern.auth.internal.JsonNull;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A token of an outside issuer whose signature and claims have been verified; instances are created by the verification
 * only. It is the credential that handlers get. Not a {@code VerifiedJwt}, so that code for our own tokens, such as their
 * families and revocations, never gets a foreign one.
 *
 * <p>Immutable and safe for use by several threads. {@code toString} contains neither the token nor its claims.
 */
public final class RemoteJwt {

    private final String issuer;
    private final Map<String, Object> claims;

    RemoteJwt(String issuer, Map<String, Object> claims) {
        this.issuer = issuer;
        this.claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** Returns the {@code iss}, that of a trusted issuer. */
    public String issuer() {
        return issuer;
    }

    /** Returns the {@code sub}, which is unique at this issuer only. */
    public Optional<String> subject() {
        return text("sub");
    }

    /**
     * Returns a claim.
     *
     * @return string, {@code Long}, {@code BigDecimal}, boolean, list or map; empty if it is absent or null
     */
    public Optional<Object> claim(String name) {
        return Optional.ofNullable(claims.get(name)).filter(value -> value != JsonNull.NULL);
    }

    /** Returns a claim if it is a string that is not empty. */
    public Optional<String> text(String name) {
        return claim(name)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isEmpty());
    }

    /**
     * Returns the strings of a list at any depth, as in Keycloak's {@code realm_access.roles}.
     *
     * @param path the names from the outermost, for instance {@code "realm_access", "roles"}
     * @return the strings, without other members; empty if the list is absent
     */
    public List<String> texts(String... path) {
        Object value = claims;
        for (String name : path) {
            value = value instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : JsonNull.NULL;
        }
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    @Override
    public String toString() {
        return "RemoteJwt[" + issuer + "]";
    }
}
