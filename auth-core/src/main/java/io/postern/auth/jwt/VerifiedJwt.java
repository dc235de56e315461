package io.postern.auth.jwt;

import io.postern.auth.internal.Digests;
import io.postern.auth.internal.JsonNull;
import io.postern.auth.jwt.internal.NumericDate;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A token whose signature and claims have been verified; holding one is the proof. It is the credential that handlers
 * see.
 *
 * <p>Immutable and safe for use by several threads. Prints neither its text nor its claims.
 */
public final class VerifiedJwt {

    private static final int FAMILY_LENGTH = 16;
    private static final Pattern OUR_ID = Pattern.compile("[0-9a-f]{32}");

    private final TokenType kind;
    private final String id;
    private final Map<String, Object> claims;

    VerifiedJwt(TokenType kind, String id, Map<String, Object> claims) {
        this.kind = kind;
        this.id = id;
        this.claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /**
     * Returns what the token is for.
     *
     * @return its kind
     */
    public TokenType kind() {
        return kind;
    }

    /**
     * Returns the token's id.
     *
     * @return the {@code jti}, or the claim that takes its place
     */
    public String id() {
        return id;
    }

    /**
     * Returns the id of the login that the token came of. It is the first half of the token's id, so that no claim is
     * needed that clients of simplejwt do not know.
     *
     * @return 16 hex digits, of a digest where the token was issued elsewhere and its id has another form, so that tokens
     *     that take its place belong to the same login; empty if the token has no id
     */
    public String familyId() {
        if (id.isEmpty()) {
            return "";
        }
        String begin = OUR_ID.matcher(id).matches() ? id : Digests.sha256Hex(id);
        return begin.substring(0, FAMILY_LENGTH);
    }

    /**
     * Returns all claims, in the order in which they stand in the token, without those that are null.
     *
     * @return names and values
     */
    public Map<String, Object> claims() {
        Map<String, Object> present = new LinkedHashMap<>(claims);
        present.values().removeIf(value -> value == JsonNull.NULL);
        return present;
    }

    /**
     * Returns all claims as they stand in the token, to be signed again.
     *
     * @return names and values, where null is a value that is written as null
     */
    public Map<String, Object> rawClaims() {
        return claims;
    }

    /**
     * Returns a time of the token.
     *
     * @param name a claim that is a number, for instance {@code exp}
     * @return the time, or empty
     */
    public Optional<Instant> time(String name) {
        return claim(name)
                .map(NumericDate.SIMPLEJWT::read)
                .filter(OptionalDouble::isPresent)
                .map(seconds -> Instant.ofEpochSecond((long) seconds.getAsDouble()));
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
