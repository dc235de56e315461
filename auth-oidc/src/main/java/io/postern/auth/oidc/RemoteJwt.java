package io.postern.auth.oidc;

import io.postern.auth.internal.JsonNull;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A token of an outside issuer whose signature and claims have been verified; holding one is the proof. It is the
 * credential that handlers see.
 *
 * <p>Immutable and safe for use by several threads. Prints neither its text nor its claims.
 */
public final class RemoteJwt {

    private final String issuer;
    private final Map<String, Object> claims;

    RemoteJwt(String issuer, Map<String, Object> claims) {
        this.issuer = issuer;
        this.claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /**
     * Returns who issued it.
     *
     * @return the {@code iss}, one of the trusted
     */
    public String issuer() {
        return issuer;
    }

    /**
     * Returns whom it is about.
     *
     * @return the {@code sub}, unique at this issuer only; or empty
     */
    public Optional<String> subject() {
        return text("sub");
    }

    /**
     * Returns a claim.
     *
     * @param name the claim's name
     * @return text, {@code Long}, {@code BigDecimal}, boolean, list or map; empty if it is absent or null
     */
    public Optional<Object> claim(String name) {
        return Optional.ofNullable(claims.get(name)).filter(value -> value != JsonNull.NULL);
    }

    /**
     * Returns a claim if it is a text with at least one character.
     *
     * @param name the claim's name
     * @return the text, or empty
     */
    public Optional<String> text(String name) {
        return claim(name)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isEmpty());
    }

    /**
     * Returns the texts of a list, however deep in the claims, as in Keycloak's {@code realm_access.roles}.
     *
     * @param path the names from the outside in, for instance {@code "realm_access", "roles"}
     * @return the texts; empty if there is no such list, and without its members that are no texts
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
