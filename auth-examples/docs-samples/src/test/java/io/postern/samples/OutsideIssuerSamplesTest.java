package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authentication;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.oidc.OidcAuthenticator;
import io.postern.auth.oidc.TrustedIssuer;
import io.postern.auth.oidc.UserMapping;
import io.postern.auth.user.InMemoryUserStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs the samples of outside issuers, one of them against a key server. */
class OutsideIssuerSamplesTest {

    private static final String ISSUER = "https://sso.example.org/realms/shop";

    private final InMemoryUserStore users = new InMemoryUserStore();

    @Test
    void issuers_are_configured() {
        byte[] secret = "thirty-two-bytes-for-a-mere-test".getBytes(StandardCharsets.US_ASCII);
        KeyRing keys = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, secret));
        TrustedIssuer keycloak = OutsideIssuerSamples.keycloak(users);
        TrustedIssuer google = OutsideIssuerSamples.google(users, "client");

        assertThat(OutsideIssuerSamples.auth0().defaultPolicy().authenticators())
                .hasSize(1);
        assertThat(OutsideIssuerSamples.beside(users, keys, keycloak, google)
                        .defaultPolicy()
                        .authenticators())
                .hasSize(2);
        assertThat(keycloak.issuer()).isEqualTo(ISSUER);
        assertThat(google.issuer()).isEqualTo("https://accounts.google.com");
    }

    @Test
    void the_settings_of_issuers_are_complete() {
        List<TrustedIssuer.Builder> issuers = new ArrayList<>(OutsideIssuerSamples.settings("client", "4711"));
        issuers.add(OutsideIssuerSamples.keycloakClients(TrustedIssuer.ofDiscovery(ISSUER)));
        issuers.add(OutsideIssuerSamples.exceptions(TrustedIssuer.ofDiscovery(ISSUER + "/own")));

        assertThat(issuers)
                .map(issuer -> issuer.algorithms(JwtAlgorithm.RS256)
                        .users(UserMapping.claims())
                        .build())
                .extracting(TrustedIssuer::issuer)
                .doesNotHaveDuplicates()
                .hasSize(9);
    }

    @Test
    void a_token_of_an_issuer_gets_in_with_its_roles() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        HttpServer server = keyServer(pair);
        try {
            URI keys = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
            TrustedIssuer issuer = OutsideIssuerSamples.bounds(TrustedIssuer.ofJwkSetUri(ISSUER, keys))
                    .audience("orders")
                    .algorithms(JwtAlgorithm.EDDSA)
                    .users(OutsideIssuerSamples.roles())
                    .allowInsecureHttp()
                    .build();

            AuthResult result =
                    OidcAuthenticator.of(Clock.systemUTC(), issuer).authenticate(new Request("Bearer " + token(pair)));

            AuthResult.Authenticated ann = (AuthResult.Authenticated) result;
            assertThat(ann.user().id()).isEqualTo(ISSUER + "#42");
            assertThat(ann.user().roles()).containsExactly("editor");
            assertThat(OutsideIssuerSamples.claim(new Authentication(ann.user(), ann.credential(), Optional.empty())))
                    .contains("acme");
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer keyServer(KeyPair pair) throws Exception {
        byte[] encoded = pair.getPublic().getEncoded();
        String x = base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        byte[] set = ("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"k1\",\"x\":\"" + x + "\"}]}")
                .getBytes(StandardCharsets.US_ASCII);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, set.length);
                exchange.getResponseBody().write(set);
            }
        });
        server.start();
        return server;
    }

    private static String token(KeyPair pair) throws Exception {
        long now = Instant.now().getEpochSecond();
        String header = "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}";
        String claims = "{\"iss\":\"" + ISSUER + "\",\"aud\":[\"orders\"],\"sub\":\"42\",\"iat\":" + now + ",\"exp\":"
                + (now + 300) + ",\"tenant\":\"acme\",\"realm_access\":{\"roles\":[\"editor\"]}}";
        String input =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private record Request(String authorization) implements AuthRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public List<String> headers(String name) {
            return name.equals("Authorization") ? List.of(authorization) : List.of();
        }

        @Override
        public List<String> cookies(String name) {
            return List.of();
        }

        @Override
        public String remoteAddress() {
            return "192.0.2.1";
        }

        @Override
        public boolean isSecure() {
            return true;
        }
    }
}
