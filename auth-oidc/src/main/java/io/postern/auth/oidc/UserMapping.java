package io.postern.auth.oidc;

import io.postern.auth.User;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the user of an outside issuer's token.
 *
 * <p>Write your own to check other claims, for instance to refuse the tokens of other tenants:
 *
 * <pre>{@code
 * UserMapping mapping = jwt -> jwt.text("hd").filter("example.org"::equals).flatMap(hd -> byEmail(jwt));
 * }</pre>
 *
 * It is called after the token has been verified. If it returns empty or a user who is not active, the request is refused.
 * Never return null; throw {@link io.postern.auth.StoreException} if a store is down. Implementations are safe for use by
 * several threads.
 *
 * <p><b>Security.</b> Map by a claim that the issuer controls, such as {@code sub}. Users can often choose their {@code
 * preferred_username} themselves, and their {@code email} until {@code email_verified} is true.
 */
@FunctionalInterface
public interface UserMapping {

    /**
     * Returns the user of a verified token, or empty if it has none here.
     *
     * @throws io.postern.auth.StoreException if a store fails
     */
    Optional<User> userOf(RemoteJwt jwt);

    /**
     * Returns a mapping of {@code sub} to the ids of stored users.
     *
     * <p><b>Security.</b> A {@code sub} is unique at its issuer only. Use this mapping if the ids of your users are this
     * issuer's subjects, and never for two issuers over one store.
     */
    static UserMapping bySubject(UserStore users) {
        Objects.requireNonNull(users, "users");
        return jwt -> jwt.subject().flatMap(users::findById).map(StoredUser::user);
    }

    /**
     * Returns a mapping of a string claim to the usernames of stored users.
     *
     * <p><b>Security.</b> A user who can choose the claim at the issuer can impersonate every user here.
     */
    static UserMapping byUsername(String claim, UserStore users) {
        Objects.requireNonNull(claim, "claim");
        Objects.requireNonNull(users, "users");
        return jwt -> jwt.text(claim).flatMap(users::findByUsername).map(StoredUser::user);
    }

    /** Returns a mapping to a {@link ClaimsUser} without roles and permissions; nothing is looked up. */
    static UserMapping claims() {
        return jwt -> jwt.subject().map(subject -> ClaimsUser.of(jwt.issuer(), subject));
    }
}
