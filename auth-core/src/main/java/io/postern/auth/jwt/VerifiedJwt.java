package io.postern.auth.jwt;

import io.postern.auth.internal.JsonNull;
import io.postern.auth.jwt.internal.NumericDate;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token of our own whose signature and claims have been verified: the credential that handlers get. Only the library
 * creates instances.
 *
 * <p>Immutable and safe for use by several threads. {@code toString} contains neither the token nor its claims.
 */
public final class VerifiedJwt {

    private final Optional<TokenType> type;
    private final String id;
    private final Map<String, Object> claims;

    /** Computed when it is first asked for, by any thread: the result is always the same. */
    private @Nullable String familyId;

    /** Creates a token; the claims must not change. */
    VerifiedJwt(Optional<TokenType> type, String id, Map<String, Object> claims) {
        this.type = type;
        this.id = id;
        this.claims = claims;
    }

    /** Returns the type in the token's claim; always present in a token that authenticated a request. */
    public Optional<TokenType> type() {
        return type;
    }

    /** Returns the token's id: the {@code jti}, or the claim configured instead of it. */
    public String id() {
        return id;
    }

    /**
     * Returns the id of the token's family. It is the first half of the token's id, which needs no claim that clients of
     * simplejwt do not know.
     *
     * @return 16 hex digits; of a digest of the id if the token was issued elsewhere, which the checksum in our ids shows, so
     *     that it starts a family of its own; empty if the token has no id
     */
    public String familyId() {
        String known = familyId;
        if (known == null) {
            known = id.isEmpty() ? "" : TokenIds.familyOf(id);
            familyId = known;
        }
        return known;
    }

    /** Returns the claims that are not null, in the order of the token. */
    public Map<String, Object> claims() {
        Map<String, Object> present = new LinkedHashMap<>(claims);
        present.values().removeIf(value -> value == JsonNull.NULL);
        return present;
    }

    /** Returns the claims as parsed, to be signed again; a JSON null is a value that is written as null. */
    public Map<String, Object> rawClaims() {
        return claims;
    }

    /** Returns the time in a numeric claim, for instance {@code exp}, or empty. */
    public Optional<Instant> time(String name) {
        double seconds = NumericDate.SIMPLEJWT.read(claims.get(name));
        return Double.isNaN(seconds) ? Optional.empty() : Optional.of(Instant.ofEpochSecond((long) seconds));
    }

    /**
     * Returns a claim.
     *
     * @return string, {@code Long}, {@code BigDecimal}, boolean, list or map; empty if it is absent or null
     */
    public Optional<Object> claim(String name) {
        return Optional.ofNullable(claims.get(name)).filter(value -> value != JsonNull.NULL);
    }

    /** Returns a claim if it is a string. */
    public Optional<String> text(String name) {
        return claim(name).filter(String.class::isInstance).map(String.class::cast);
    }

    /** Returns whether a claim is present, even as null. */
    public boolean has(String name) {
        return claims.containsKey(name);
    }

    @Override
    public String toString() {
        return "VerifiedJwt[" + type.map(TokenType::claim).orElse("") + "]";
    }

    /** The use of a JWT; a token of one type is never accepted as another (drf-contract TK-1 to TK-3). */
    public enum TokenType {

        /** Authenticates requests. */
        ACCESS("AccessToken", "at+jwt"),
        /** Obtains new access tokens. */
        REFRESH("RefreshToken", "rt+jwt"),
        /** Authenticates requests and obtains its own successor. */
        SLIDING("SlidingToken", "st+jwt");

        private final String className;
        private final String header;

        TokenType(String className, String header) {
            this.className = className;
            this.header = header;
        }

        static Optional<TokenType> of(@Nullable Object claim) {
            return Arrays.stream(values())
                    .filter(type -> type.claim().equals(claim))
                    .findFirst();
        }

        /** Returns the value of the type claim, for instance {@code access}. */
        public String claim() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the name in simplejwt's messages, for instance {@code AccessToken}. */
        public String className() {
            return className;
        }

        /** Returns the header's {@code typ} where it is required (RFC 9068, section 2.1). */
        String header() {
            return header;
        }
    }
}
