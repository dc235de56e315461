package io.postern.auth.jwt;

import io.postern.auth.internal.JsonNull;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A token whose signature and claims have been verified; holding one is the proof. It is the credential that handlers
 * see.
 *
 * <p>Immutable and safe for use by several threads. Prints neither its text nor its claims.
 */
public final class VerifiedJwt {

    private final TokenKind kind;
    private final Map<String, Object> claims;

    VerifiedJwt(TokenKind kind, Map<String, Object> claims) {
        this.kind = kind;
        this.claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /**
     * Returns what the token is for.
     *
     * @return its kind
     */
    public TokenKind kind() {
        return kind;
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
     * Returns a claim if it is a text.
     *
     * @param name the claim's name
     * @return the text, or empty
     */
    public Optional<String> text(String name) {
        return claim(name).filter(String.class::isInstance).map(String.class::cast);
    }

    /**
     * Tells whether a claim is there, even as null.
     *
     * @param name the claim's name
     * @return true if it is
     */
    public boolean has(String name) {
        return claims.containsKey(name);
    }

    @Override
    public String toString() {
        return "VerifiedJwt[" + kind.claim() + "]";
    }
}
