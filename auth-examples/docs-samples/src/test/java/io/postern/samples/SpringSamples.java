package io.postern.samples;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.password.PasswordHasher.argon2id;
import static io.postern.auth.password.PasswordHasher.preferring;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.hasRole;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static io.postern.auth.permission.StandardPermissions.isReadOnly;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.Permission;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.oidc.ClaimsUser;
import io.postern.auth.oidc.OidcAuthenticator;
import io.postern.auth.oidc.TrustedIssuer;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.List;

/** The samples of {@code from-spring-security.md}. */
final class SpringSamples {

    private SpringSamples() {}

    static TrustedIssuer.Builder issuer(String issuerUri) {
        // sample: spring-issuer
        TrustedIssuer.Builder issuer = TrustedIssuer.ofDiscovery(issuerUri)
                .audience("shop")
                .algorithms(JwtAlgorithm.RS256)
                .users(jwt -> jwt.subject()
                        .map(subject -> ClaimsUser.of(jwt.issuer(), subject)
                                .withPermissions(
                                        List.of(jwt.text("scope").orElse("").split(" ")))));
        // end
        return issuer;
    }

    static Postern shop(UserStore users, TrustedIssuer.Builder issuer) {
        // sample: spring-postern
        Permission mayReport = (request, who) -> who.user().hasPermission("reports");
        Postern postern = Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(preferring(argon2id(), new BcryptHasher(10))))
                .authenticators(basic(), OidcAuthenticator.of(Clock.systemUTC(), issuer.build()))
                .permissions(isAuthenticated())
                .policy("/health", allowAny())
                .policy("/catalog/*", isReadOnly().or(hasRole("EDITOR")))
                .policy("/admin/*", hasRole("ADMIN"))
                .policy("/reports/*", mayReport)
                .build();
        // end
        return postern;
    }

    static PosternBuilder beside(PosternBuilder builder) {
        // sample: spring-beside
        builder.policy("/old/*", policy -> policy.withoutAuthenticators().permissions(allowAny()));
        // end
        return builder;
    }
}
