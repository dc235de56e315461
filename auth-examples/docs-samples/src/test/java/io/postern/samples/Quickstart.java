package io.postern.samples;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.user.UserStore;
import jakarta.servlet.ServletContext;

/** The integration that the README shows; a test counts its imports. */
final class Quickstart {

    private Quickstart() {}

    static Postern protect(ServletContext context, UserStore users, KeyRing keys) {
        // sample: quickstart
        Postern postern = Postern.builder()
                .users(users)
                .jwt(keys)
                .authenticators(basic(), jwt(), session())
                .permissions(isAuthenticated())
                .policy("/admin/*", isAdmin())
                .build();
        AuthFilter.register(context, postern);
        // end
        return postern;
    }
}
