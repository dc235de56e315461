package io.postern.auth.jwt;

import io.postern.auth.User;
import io.postern.auth.internal.JsonNull;
import io.postern.auth.internal.JsonWriter;
import java.util.Objects;
import java.util.Optional;

/**
 * A user known from a token alone, without a look-up; has no permissions and no roles.
 *
 * <p><b>Security.</b> A deactivated or deleted user is accepted until the token expires. Immutable and safe for use by
 * several threads. Mirrors simplejwt's {@code TokenUser} (drf-contract SJA-14 and SJA-15).
 */
final class TokenUser implements User {

    private final Object claim;
    private final String id;
    private final VerifiedJwt jwt;

    TokenUser(VerifiedJwt jwt, String userIdClaim) {
        this.claim = jwt.claim(userIdClaim).orElse(JsonNull.NULL);
        this.id = idOf(claim);
        this.jwt = jwt;
    }

    private static String idOf(Object claim) {
        return claim instanceof String id ? id : JsonWriter.write(claim);
    }

    /** Returns the token, whose claims are verified. */
    VerifiedJwt jwt() {
        return jwt;
    }

    /** Returns the claim that names the user: string, number, boolean, list or map; empty for null. */
    public Optional<Object> idClaim() {
        return Optional.of(claim).filter(value -> value != JsonNull.NULL);
    }

    @Override
    public String id() {
        return id;
    }

    /** Returns the claim of this name, or an empty string as in simplejwt. */
    @Override
    public String username() {
        return jwt.text("username").orElse("");
    }

    /** Returns the username, or the id if the token has none, because names must distinguish users. */
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

    /** Returns false, even for superusers: permissions are not in the token. */
    @Override
    public boolean hasPermission(String code) {
        return false;
    }

    /** Returns false, even for superusers: permissions are not in the token. */
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
