package io.postern.conformance;

import io.postern.auth.Authentication;
import io.postern.auth.Authenticator;
import io.postern.auth.User;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.token.StoredToken;
import io.postern.auth.user.UserRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the views tell of a request's authentication. */
final class Introspection {

    private Introspection() {}

    static Map<String, @Nullable Object> briefly(Authentication who) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("user", who.isAuthenticated() ? who.user().username() : null);
        json.put("auth", who.authenticator().map(Authenticator::name).orElse(null));
        return json;
    }

    static Map<String, @Nullable Object> of(Authentication who) {
        User user = who.user();
        Map<String, @Nullable Object> json = briefly(who);
        json.put("id", idOf(who));
        json.put("auth_object", objectOf(who).orElse(null));
        json.put("is_authenticated", who.isAuthenticated());
        json.put("is_anonymous", !who.isAuthenticated());
        json.put("is_active", user.isActive());
        json.put("is_staff", flag(who, "is_staff", user.isStaff()));
        json.put("is_superuser", flag(who, "is_superuser", user.isSuperuser()));
        return json;
    }

    /** A token's user has the id of the claim as it is; the others have numbers. */
    private static @Nullable Object idOf(Authentication who) {
        Optional<VerifiedJwt> token = stateless(who);
        if (token.isPresent()) {
            return token.get()
                    .claim("user_id")
                    .or(() -> token.get().claim("sub"))
                    .orElse(null);
        }
        return who.isAuthenticated() ? Long.valueOf(who.user().id()) : null;
    }

    /** A token user's flags come from its claims; only the JSON value true counts as true. */
    private static Object flag(Authentication who, String claim, boolean counted) {
        return stateless(who)
                .map(token -> token.claims().getOrDefault(claim, false))
                .orElse(counted);
    }

    /** Returns the token of a request whose user was not looked up. */
    private static Optional<VerifiedJwt> stateless(Authentication who) {
        return who.credential(VerifiedJwt.class).filter(token -> !(who.user() instanceof UserRecord));
    }

    private static Optional<String> objectOf(Authentication who) {
        return who.credential(StoredToken.class)
                .map(token -> "Token")
                .or(() -> who.credential(VerifiedJwt.class)
                        .map(jwt -> jwt.type().orElseThrow().className()));
    }
}
