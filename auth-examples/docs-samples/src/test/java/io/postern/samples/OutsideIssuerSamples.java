package io.postern.samples;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.Authentication;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.oidc.ClaimsUser;
import io.postern.auth.oidc.KeyFetching;
import io.postern.auth.oidc.OidcAuthenticator;
import io.postern.auth.oidc.RemoteJwt;
import io.postern.auth.oidc.TrustedIssuer;
import io.postern.auth.oidc.UserMapping;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The samples of {@code outside-issuers.md}. */
final class OutsideIssuerSamples {

    private OutsideIssuerSamples() {}

    static Postern auth0() {
        // sample: auth0
        TrustedIssuer auth0 = TrustedIssuer.ofDiscovery("https://example.eu.auth0.com/")
                .audience("https://api.example.org")
                .algorithms(JwtAlgorithm.RS256)
                .users(UserMapping.claims())
                .build();
        Postern postern = Postern.builder()
                .authenticators(OidcAuthenticator.of(Clock.systemUTC(), auth0))
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static TrustedIssuer keycloak(UserStore users) {
        // sample: keycloak
        TrustedIssuer keycloak = TrustedIssuer.ofDiscovery("https://sso.example.org/realms/shop")
                .audience("orders")
                .algorithms(JwtAlgorithm.RS256, JwtAlgorithm.ES256)
                .users(UserMapping.bySubject(users))
                .build();
        // end
        return keycloak;
    }

    static TrustedIssuer google(UserStore users, String clientId) {
        // sample: google
        URI keys = URI.create("https://www.googleapis.com/oauth2/v3/certs");
        TrustedIssuer google = TrustedIssuer.ofJwkSetUri("https://accounts.google.com", keys)
                .audience(clientId)
                .algorithms(JwtAlgorithm.RS256)
                .users(jwt -> jwt.text("email")
                        .filter(email -> jwt.text("hd").equals(Optional.of("example.org")))
                        .filter(email -> jwt.claim("email_verified").equals(Optional.of(true)))
                        .flatMap(users::findByUsername)
                        .map(StoredUser::user))
                .build();
        // end
        return google;
    }

    static List<TrustedIssuer.Builder> settings(String clientId, String tenant) {
        // sample: issuer-settings
        TrustedIssuer.Builder cognito = TrustedIssuer.ofDiscovery(
                        "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab1")
                .clientIds(clientId)
                .allowMissingType();
        TrustedIssuer.Builder entra = TrustedIssuer.ofDiscovery("https://login.microsoftonline.com/" + tenant + "/v2.0")
                .audience(clientId);
        TrustedIssuer.Builder okta = TrustedIssuer.ofDiscovery("https://example.okta.com/oauth2/default")
                .audience("api://default")
                .allowMissingType();
        TrustedIssuer.Builder forgeRock = TrustedIssuer.ofDiscovery("https://am.example.org:443/am/oauth2")
                .audience(clientId)
                .ignoreHeaders("zip");
        TrustedIssuer.Builder xsuaa = TrustedIssuer.ofJwkSetUri(
                        "https://shop.authentication.eu10.hana.ondemand.com/oauth/token",
                        URI.create("https://shop.authentication.eu10.hana.ondemand.com/token_keys"))
                .audience(clientId)
                .ignoreHeaders("jku");
        TrustedIssuer.Builder uaa = TrustedIssuer.ofJwkSetUri(
                        "https://uaa.example.org/oauth/token", URI.create("https://uaa.example.org/token_keys"))
                .audience("orders")
                .ignoreHeaders("jku");
        TrustedIssuer.Builder kubernetes = TrustedIssuer.ofJwkSetUri(
                        "https://kubernetes.default.svc.cluster.local",
                        URI.create("https://kubernetes.default.svc/openid/v1/jwks"))
                .audience("orders")
                .allowMissingType();
        // end
        return List.of(cognito, entra, okta, forgeRock, xsuaa, uaa, kubernetes);
    }

    static TrustedIssuer.Builder keycloakClients(TrustedIssuer.Builder keycloak) {
        // sample: issuer-clients
        keycloak.clientIds("shop-web", "shop-app").clientIdClaim("azp");
        // end
        return keycloak;
    }

    static TrustedIssuer.Builder exceptions(TrustedIssuer.Builder issuer) {
        // sample: issuer-exceptions
        issuer.allowMissingAudience().allowMissingExpiry().allowMissingKeyId().allowNumericIds();
        // end
        return issuer;
    }

    static Postern beside(UserStore users, KeyRing keys, TrustedIssuer keycloak, TrustedIssuer google) {
        // sample: beside
        OidcAuthenticator outside =
                OidcAuthenticator.of(Clock.systemUTC(), keycloak, google).passOnUnknownIssuers();
        Postern postern = Postern.builder()
                .users(users)
                .jwt(keys)
                .authenticators(outside, jwt())
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static UserMapping roles() {
        // sample: roles
        UserMapping mapping = jwt -> jwt.subject()
                .map(subject -> ClaimsUser.of(jwt.issuer(), subject).withRoles(jwt.texts("realm_access", "roles")));
        // end
        return mapping;
    }

    static Optional<String> claim(Authentication authentication) {
        // sample: outside-claim
        Optional<String> tenant = authentication.credential(RemoteJwt.class).flatMap(jwt -> jwt.text("tenant"));
        // end
        return tenant;
    }

    static TrustedIssuer.Builder bounds(TrustedIssuer.Builder issuer) {
        // sample: fetching
        issuer.types("at+jwt")
                .fetching(KeyFetching.defaults()
                        .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1))
                        .withOutageTolerance(Duration.ofHours(6)));
        // end
        return issuer;
    }
}
