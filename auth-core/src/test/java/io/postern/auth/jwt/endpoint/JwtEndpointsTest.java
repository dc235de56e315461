package io.postern.auth.jwt.endpoint;

import static io.postern.auth.testing.Site.header;
import static io.postern.auth.testing.Site.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.AuthResult;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.Endpoints.BodyLimits;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtCookies;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.memory.InMemoryRefreshTokenStore;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.session.Csrf;
import io.postern.auth.testing.Site;
import io.postern.auth.testkit.FakeRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered to tokens in JSON; the servers of the other modules answer the same. */
class JwtEndpointsTest {

    private static final String LOGIN = "{\"username\":\"ann\",\"password\":\"pa ss\"}";
    private static final String JWT = "[\\w-]+\\.[\\w-]+\\.[\\w-]+";

    private static final KeyRing KEYS = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32]));

    private final Site site = new Site(builder -> builder.jwt(KEYS));
    private final Postern replacing = site.builder()
            .jwt(KEYS)
            .refreshTokens(
                    new InMemoryRefreshTokenStore(),
                    refresh -> refresh.withMode(RotationMode.ROTATE).withReuseGracePeriod(Duration.ZERO))
            .build();
    private final Postern sliding = site.builder()
            .jwt(KEYS, jwt -> jwt.accepted(TokenType.ACCESS, TokenType.SLIDING))
            .build();

    @Test
    void a_kept_refresh_token_gets_an_access_token_alone() {
        AuthResponse response = send(site.postern, "/jwt/refresh/", "refresh", refreshToken(site.postern));

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).matches("\\{\"access\":\"" + JWT + "\"}");
    }

    @Test
    void a_replaced_refresh_token_gets_its_successor_and_is_refused_afterwards() {
        String token = refreshToken(replacing);

        AuthResponse response = send(replacing, "/jwt/refresh/", "refresh", token);
        AuthResponse again = send(replacing, "/jwt/refresh/", "refresh", token);

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response))
                .matches("\\{\"access\":\"" + JWT + "\",\"refresh\":\"" + JWT + "\"}")
                .doesNotContain(token);
        assertRefused(again, "Token is blacklisted");
    }

    @Test
    void a_good_token_is_verified_by_an_empty_object() {
        AuthResponse response = send(replacing, "/jwt/verify/", "token", refreshToken(replacing));

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("{}");
        assertRefused(send(replacing, "/jwt/verify/", "token", "garbage"), "Token is invalid");
    }

    @Test
    void a_blacklisted_token_is_refused_everywhere_and_cannot_be_blacklisted_twice() {
        String token = refreshToken(replacing);

        AuthResponse response = send(replacing, "/jwt/blacklist/", "refresh", token);

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("{}");
        assertRefused(send(replacing, "/jwt/blacklist/", "refresh", token), "Token is blacklisted");
        assertRefused(send(replacing, "/jwt/refresh/", "refresh", token), "Token is blacklisted");
        AuthResponse verified = send(replacing, "/jwt/verify/", "token", token);
        assertThat(verified.status()).isEqualTo(400);
        assertThat(text(verified)).isEqualTo("{\"non_field_errors\":[\"Token is blacklisted\"]}");
    }

    @Test
    void a_sliding_token_is_created_and_prolonged_where_such_tokens_are_accepted() {
        AuthResponse created = sent(sliding, "/jwt/sliding/create/", LOGIN);
        assertThat(created.status()).isEqualTo(200);
        assertThat(text(created)).matches("\\{\"token\":\"" + JWT + "\"}");
        String token = text(created).split("\"", -1)[3];

        AuthResponse refreshed = send(sliding, "/jwt/sliding/refresh/", "token", token);

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(text(refreshed)).matches("\\{\"token\":\"" + JWT + "\"}");
        assertRefused(send(sliding, "/jwt/sliding/refresh/", "token", refreshToken(sliding)), "Token has wrong type");
    }

    @Test
    void all_endpoints_can_be_added_by_hand_in_either_transport() {
        Postern postern = site.postern;
        JwtSettings settings = JwtSettings.builder(KEYS).build();
        JwtTokens tokens = postern.jwt();
        Endpoints.Builder inBodies = empty();
        Endpoints.Builder inCookies = empty();

        JwtEndpoints.on(inBodies)
                .jwt(postern.passwords(), postern.loginFlow(), settings, tokens)
                .devices(request -> AuthResult.notAttempted(), tokens)
                .keys(KEYS, Clock.systemUTC());
        JwtEndpoints.on(inCookies)
                .jwtInCookies(
                        postern.passwords(),
                        postern.loginFlow(),
                        settings,
                        tokens,
                        JwtCookies.under("/auth/jwt/"),
                        Csrf.builder().build());

        assertThat(inBodies.build().paths())
                .containsExactlyInAnyOrder(
                        "/jwt/create/",
                        "/jwt/refresh/",
                        "/jwt/verify/",
                        "/jwt/blacklist/",
                        "/jwt/devices/",
                        "/jwt/devices/end/",
                        "/jwt/devices/end-others/",
                        "/jwt/devices/end-all/",
                        "/jwks/");
        assertThat(inCookies.build().paths())
                .containsExactlyInAnyOrder(
                        "/jwt/create/", "/jwt/refresh/", "/jwt/logout/", "/jwt/verify/", "/jwt/blacklist/");
    }

    @Test
    void there_are_no_sliding_tokens_where_they_prove_nothing() {
        assertThat(site.postern.endpoints().paths())
                .contains("/jwt/create/")
                .doesNotContain("/jwt/sliding/create/", "/jwt/sliding/refresh/");
    }

    @ParameterizedTest
    @CsvSource({"/jwt/refresh/, refresh", "/jwt/verify/, token", "/jwt/blacklist/, refresh"})
    void a_missing_token_and_a_malformed_body_are_reported(String path, String field) {
        AuthResponse missing = sent(replacing, path, "{}");
        AuthResponse malformed = sent(replacing, path, "{");

        assertThat(missing.status()).isEqualTo(400);
        assertThat(text(missing)).isEqualTo("{\"" + field + "\":[\"This field is required.\"]}");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(text(malformed)).startsWith("{\"detail\":\"JSON parse error - ");
    }

    private static Endpoints.Builder empty() {
        return Endpoints.builder(ErrorFormat.DRF, new BodyLimits(2048, 10), List.of(), event -> {}, Clock.systemUTC());
    }

    private static void assertRefused(AuthResponse response, String detail) {
        assertThat(response.status()).isEqualTo(401);
        assertThat(text(response)).isEqualTo("{\"detail\":\"" + detail + "\",\"code\":\"token_not_valid\"}");
        assertThat(header(response, "WWW-Authenticate")).isEqualTo(List.of("Bearer realm=\"api\""));
    }

    private static String refreshToken(Postern postern) {
        return text(sent(postern, "/jwt/create/", LOGIN)).split("\"", -1)[3];
    }

    private static AuthResponse send(Postern postern, String path, String field, String token) {
        return sent(postern, path, "{\"" + field + "\":\"" + token + "\"}");
    }

    private static AuthResponse sent(Postern postern, String path, String body) {
        FakeRequest request = FakeRequest.post().header("Content-Type", "application/json");
        return postern.guard().endpoint(request, path, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}
