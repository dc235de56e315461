package io.postern.auth.jwt.endpoint;

import static io.postern.auth.testing.Site.header;
import static io.postern.auth.testing.Site.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.Throttle;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.memory.InMemoryRefreshTokenStore;
import io.postern.auth.memory.InMemoryRevocationStore;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.testing.Site;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {

    private static final Device LAPTOP = new Device("laptop", "192.0.2.1", "Fire\"fox");

    private static final KeyRing KEYS = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32]));

    private final Site site = new Site(builder -> builder.jwt(KEYS));
    private final Postern postern = site.builder()
            .jwt(KEYS)
            .refreshTokens(new InMemoryRefreshTokenStore())
            .revocations(new InMemoryRevocationStore())
            .build();
    private final JwtTokens logins = postern.jwt();
    private final TokenPair mine = logins.issue(Users.ANN, LAPTOP);

    @Test
    void a_login_is_listed_under_the_label_it_was_given() {
        String login = "{\"username\":\"ann\",\"password\":\"pa ss\",\"device\":\" my phone \"}";
        FakeRequest request = FakeRequest.post()
                .from("198.51.100.7")
                .header("Content-Type", "application/json")
                .header("User-Agent", "UA");
        assertThat(ask(request, "/jwt/create/", login).status()).isEqualTo(200);

        AuthResponse response = get(mine, "/jwt/devices/");

        assertThat(response.status()).isEqualTo(200);
        List<TokenFamily> families = logins.families("1", Paging.first(1_000));
        assertThat(text(response))
                .isEqualTo(Families.json(families, families.get(0).id()));
        assertThat(families.get(1).device()).isEqualTo(new Device("my phone", "198.51.100.7", "UA"));
    }

    @Test
    void others_are_not_shown() {
        logins.issue(Users.IDA, LAPTOP);

        assertThat(text(get(mine, "/jwt/devices/")).split("\"id\"")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jwt/devices/", "/jwt/devices/end/", "/jwt/devices/end-others/", "/jwt/devices/end-all/"})
    void anonymous_callers_and_refresh_tokens_are_refused(String path) {
        String method = path.equals("/jwt/devices/") ? "GET" : "POST";

        assertThat(ask(FakeRequest.of(method, "/"), path, "").status()).isEqualTo(401);
        assertThat(ask(FakeRequest.of(method, "/").authorization("Bearer " + mine.refresh()), path, "")
                        .status())
                .isEqualTo(401);
        assertThat(logins.families("1", Paging.first(1_000))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jwt/devices/end/", "/jwt/devices/end-others/", "/jwt/devices/end-all/"})
    void reading_ends_nothing(String path) {
        assertThat(get(mine, path).status()).isEqualTo(405);
        assertThat(logins.families("1", Paging.first(1_000))).hasSize(1);
    }

    @Test
    void one_login_is_ended_with_its_access_token() {
        TokenPair phone = logins.issue(Users.ANN, LAPTOP);
        String id = logins.families("1", Paging.first(1_000)).get(1).id();

        assertThat(post(mine, "/jwt/devices/end/", "{\"id\":\"" + id + "\"}").status())
                .isEqualTo(204);

        assertThat(get(phone, "/jwt/devices/").status()).isEqualTo(401);
        assertThat(get(mine, "/jwt/devices/").status()).isEqualTo(200);
        assertThat(post(mine, "/jwt/devices/end/", "{\"id\":\"" + id + "\"}").status())
                .isEqualTo(404);
        assertThat(text(post(mine, "/jwt/devices/end/", "{}"))).isEqualTo("{\"id\":[\"This field is required.\"]}");
    }

    @Test
    void stranger_elses_login_is_as_unknown_as_any() {
        logins.issue(Users.IDA, LAPTOP);
        String id = logins.families("2", Paging.first(1_000)).get(0).id();

        AuthResponse theirs = post(mine, "/jwt/devices/end/", "{\"id\":\"" + id + "\"}");
        AuthResponse unknown = post(mine, "/jwt/devices/end/", "{\"id\":\"0\"}");

        assertThat(theirs.status()).isEqualTo(404);
        assertThat(text(theirs)).isEqualTo(text(unknown));
        assertThat(logins.families("2", Paging.first(1_000))).hasSize(1);
    }

    @Test
    void all_other_logins_are_ended() {
        TokenPair phone = logins.issue(Users.ANN, LAPTOP);

        AuthResponse response = post(mine, "/jwt/devices/end-others/", "");

        assertThat(text(response)).isEqualTo("{\"ended\":1}");
        assertThat(get(phone, "/jwt/devices/").status()).isEqualTo(401);
        assertThat(get(mine, "/jwt/devices/").status()).isEqualTo(200);
    }

    @Test
    void a_malformed_body_is_reported_and_revokes_nothing() {
        AuthResponse response = post(mine, "/jwt/devices/end/", "{");

        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response)).startsWith("{\"detail\":\"JSON parse error - ");
        assertThat(get(mine, "/jwt/devices/").status()).isEqualTo(200);
    }

    @Test
    void all_logins_are_ended() {
        assertThat(text(post(mine, "/jwt/devices/end-all/", ""))).isEqualTo("{\"ended\":1}");

        assertThat(get(mine, "/jwt/devices/").status()).isEqualTo(401);
        assertThat(logins.families("1", Paging.first(1_000))).isEmpty();
    }

    @Test
    void without_a_store_there_are_no_devices() {
        assertThat(site.postern.endpoints().paths())
                .contains("/jwt/refresh/")
                .noneMatch(path -> path.startsWith("/jwt/devices/"));
    }

    @Test
    void public_keys_may_be_cached_and_secrets_are_never_published() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        JwtKey key = JwtKey.of(JwtAlgorithm.EDDSA, pair.getPublic(), pair.getPrivate())
                .withId("k");
        Postern keyed = site.builder().jwt(KeyRing.of(key)).build();

        AuthResponse response = keyed.guard().endpoint(FakeRequest.get(), "/jwks/", InputStream.nullInputStream());

        assertThat(response.status()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).containsExactly("application/jwk-set+json");
        assertThat(header(response, "Cache-Control")).containsExactly("public, max-age=300");
        assertThat(header(response, "X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(text(response)).contains("\"kid\":\"k\"").doesNotContain("\"d\"");
        assertThat(text(get(mine, "/jwks/"))).isEqualTo("{\"keys\":[]}");
    }

    @Test
    void who_comes_too_often_to_the_open_endpoints_is_refused() {
        AtomicInteger asked = new AtomicInteger();
        Throttle third = (request, who) -> asked.incrementAndGet() > 2
                ? new Throttle.Admission.Refused(Optional.of(Duration.ofSeconds(7)))
                : new Throttle.Admission.Admitted();
        Postern limited = site.builder().jwt(KEYS).endpointThrottles(third).build();

        for (int status : new int[] {401, 401, 429}) {
            AuthResponse response = limited.guard()
                    .endpoint(
                            FakeRequest.post().header("Content-Type", "application/json"),
                            "/jwt/create/",
                            new ByteArrayInputStream(
                                    "{\"username\":\"ann\",\"password\":\"x\"}".getBytes(StandardCharsets.UTF_8)));

            assertThat(response.status()).isEqualTo(status);
            assertThat(header(response, "Retry-After")).isEqualTo(status == 429 ? List.of("7") : List.of());
        }
    }

    private AuthResponse get(TokenPair tokens, String path) {
        return ask(FakeRequest.get().authorization("Bearer " + tokens.access()), path, "");
    }

    private AuthResponse post(TokenPair tokens, String path, String body) {
        FakeRequest request = FakeRequest.post()
                .header("Content-Type", "application/json")
                .authorization("Bearer " + tokens.access());
        return ask(request, path, body);
    }

    private AuthResponse ask(FakeRequest request, String path, String body) {
        return postern.guard().endpoint(request, path, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** What the list is to look like. */
    private static final class Families {

        static String json(List<TokenFamily> families, String current) {
            return "{\"devices\":["
                    + String.join(
                            ",",
                            families.stream()
                                    .map(f -> json(f, f.id().equals(current)))
                                    .toList())
                    + "]}";
        }

        private static String json(TokenFamily family, boolean current) {
            return "{\"id\":\"%s\",\"label\":\"%s\",\"created\":\"%s\",\"last_refreshed\":\"%s\",\"expires\":\"%s\",\"address\":\"%s\",\"user_agent\":\"%s\",\"current\":%s}"
                    .formatted(
                            family.id(),
                            family.device().label(),
                            family.created(),
                            family.lastRefreshed(),
                            family.expires(),
                            family.device().address(),
                            family.device().userAgent().replace("\"", "\\\""),
                            current);
        }
    }
}
