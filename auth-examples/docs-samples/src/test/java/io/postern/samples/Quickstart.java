package io.postern.samples;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.jdbc.JdbcStores;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.servlet.AuthFilter;
import jakarta.servlet.ServletContext;
import javax.sql.DataSource;

/** The integration that the README shows; a test counts its imports. */
final class Quickstart {

    private Quickstart() {}

    static Postern protect(ServletContext context, DataSource dataSource, KeyRing keys) {
        // sample: quickstart
        Postern postern = Postern.builder()
                .stores(JdbcStores.of(dataSource))
                .jwt(keys)
                .authenticators(basic(), token(), jwt(), session())
                .permissions(isAuthenticated())
                .policy("/admin/*", isAdmin())
                .build();
        AuthFilter.register(context, postern);
        // end
        return postern;
    }
}
