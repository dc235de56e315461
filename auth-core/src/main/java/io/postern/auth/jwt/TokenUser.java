package io.postern.auth.jwt;

import io.postern.auth.User;
import io.postern.auth.internal.JsonNull;
import io.postern.auth.internal.JsonWriter;
import java.util.Objects;
import java.util.Optional;

/**
 * A user known by a token alone, never looked up; holds no permission and no role.
 *
 * <p><b>Security.</b> A deactivated or deleted user passes until the token ends. Immutable and safe for use by several
 * threads. Mirrors simplejwt's {@code TokenUser} (drf-contract SJA-14 and SJA-15).
 */
public final class TokenUser implements User {

    private final Object claim;
    private final String id;
    private final VerifiedJwt jwt;

    TokenUser(VerifiedJwt jwt, String userIdClaim) {
        this.claim = jwt.claim(userIdClaim).orElse(JsonNull.NULL);
        this.id = textOf(claim);
        this.jwt = jwt;
    }

    private static String textOf(Object claim) {
        return claim instanceof String text ? text : JsonWriter.write(claim);
    }

    /**
     * Returns the token.
     *
     * @return its verified claims
     */
    public VerifiedJwt jwt() {
        return jwt;
    }

    /**
     * Returns the claim that names the user as it stands in the token.
     *
     * @return text, number, boolean, list or map; empty for null
     */
    public Optional<Object> idClaim() {
        return Optional.of(claim).filter(value -> value != JsonNull.NULL);
    }

    @Override
    public String id() {
        return id;
    }

    /** As simplejwt has it, empty unless the token has a claim of this name. */
    @Override
    public String username() {
        return jwt.text("username").orElse("");
    }

    /** The username or, where the token has none, the id: two users must not have one name. */
    @Override
    public String getName() {
        return username().isEmpty() ? id : username();
    }

    @Override
    public boolean isStaff() {
        return isTrue("is_staff");
    }

    @Override
    public boolean isSuperuser() {
        return isTrue("is_superuser");
    }

    /** Grants nothing, not even to superusers: there is no store to ask. */
    @Override
    public boolean hasPermission(String code) {
        return false;
    }

    /** Grants nothing, not even to superusers: there is no store to ask. */
    @Override
    public boolean hasPermission(String code, Object object) {
        return false;
    }

    private boolean isTrue(String claim) {
        return jwt.claim(claim).filter(Boolean.TRUE::equals).isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenUser that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id);
    }

    @Override
    public String toString() {
        return "TokenUser " + id;
    }
}
