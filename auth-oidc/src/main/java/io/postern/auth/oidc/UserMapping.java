package io.postern.auth.oidc;

import io.postern.auth.User;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.util.Objects;
import java.util.Optional;

/**
 * Says which user a token of an outside issuer stands for.
 *
 * <p>Write your own to look at other claims, for instance to refuse a tenant that is not yours:
 *
 * <pre>{@code
 * UserMapping mapping = jwt -> jwt.text("hd").filter("example.org"::equals).flatMap(hd -> byEmail(jwt));
 * }</pre>
 *
 * It is asked after everything else about the token is good. Empty and users who are not active are refused. Never
 * return null; throw {@link io.postern.auth.StoreException} if a store is down. Implementations are safe for use by
 * several threads.
 *
 * <p><b>Security.</b> Map by a claim that the issuer controls, such as {@code sub}. Users can often choose their {@code
 * preferred_username} themselves, and their {@code email} until {@code email_verified} is true.
 */
@FunctionalInterface
public interface UserMapping {

    /**
     * Finds the user.
     *
     * @param jwt the verified token
     * @return the user, or empty if the token stands for nobody here
     * @throws io.postern.auth.StoreException if a store cannot answer
     */
    Optional<User> userOf(RemoteJwt jwt);

    /**
     * Returns the mapping of {@code sub} to the ids of your users.
     *
     * <p><b>Security.</b> A {@code sub} is unique at its issuer only. Use it if your users' ids are this issuer's
     * subjects, never for two issuers over one store.
     *
     * @param users who exists
     * @return the mapping
     */
    static UserMapping bySubject(UserStore users) {
        Objects.requireNonNull(users, "users");
        return jwt -> jwt.subject().flatMap(users::findById).map(StoredUser::user);
    }

    /**
     * Returns the mapping of a claim to the names of your users.
     *
     * <p><b>Security.</b> Whoever can choose the claim at the issuer can be anybody here.
     *
     * @param claim the name of a claim that holds a text
     * @param users who exists
     * @return the mapping
     */
    static UserMapping byUsername(String claim, UserStore users) {
        Objects.requireNonNull(claim, "claim");
        Objects.requireNonNull(users, "users");
        return jwt -> jwt.text(claim).flatMap(users::findByUsername).map(StoredUser::user);
    }

    /**
     * Returns the mapping that believes the token alone and asks no store.
     *
     * @return the mapping to a {@link ClaimsUser} without roles and permissions
     */
    static UserMapping claims() {
        return jwt -> jwt.subject().map(subject -> ClaimsUser.of(jwt.issuer(), subject));
    }
}
