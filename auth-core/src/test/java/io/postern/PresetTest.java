package io.postern;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.AuthResponse;
import io.postern.auth.Challenge;
import io.postern.auth.Verdict;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresetTest {

    @Test
    void drf_names_the_first_challenge_and_answers_plain_details() {
        AuthResponse response = ask(Preset.DRF, FakeRequest.get());

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers()).containsEntry("WWW-Authenticate", List.of("Token"));
        assertThat(response.headers()).containsEntry("Content-Type", List.of("application/json"));
        assertThat(text(response)).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
    }

    @Test
    void strict_names_all_challenges_and_answers_problems() {
        AuthResponse response = ask(Preset.STRICT, FakeRequest.get());

        assertThat(response.headers()).containsEntry("WWW-Authenticate", List.of("Token", "Basic realm=\"api\""));
        assertThat(response.headers()).containsEntry("Content-Type", List.of("application/problem+json"));
        assertThat(text(response))
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                                + "\"detail\":\"Authentication credentials were not provided.\",\"code\":\"not_authenticated\"}");
    }

    @Test
    void strict_refuses_odd_framing_that_drf_reads() {
        FakeRequest odd = FakeRequest.get().authorization("Token  x");

        assertThat(ask(Preset.DRF, odd).status()).isEqualTo(401);
        assertThat(ask(Preset.STRICT, odd).status()).isEqualTo(400);
    }

    @Test
    void bodies_are_limited_alike_and_nested_differently() {
        String deep = "{\"username\":" + "[".repeat(20) + "]".repeat(20) + ",\"password\":\"x\"}";

        for (Preset preset : Preset.values()) {
            assertThat(postern(preset).endpoints().maxBody()).isEqualTo(16_384);
            assertThat(post(preset, "{\"username\":\"" + "x".repeat(16_384) + "\"}")
                            .status())
                    .isEqualTo(413);
        }
        assertThat(text(post(Preset.DRF, deep))).contains("Not a valid string.");
        assertThat(text(post(Preset.STRICT, deep))).contains("Nested too deep");
    }

    @Test
    void the_csrf_cookie_is_always_secure_when_strict() {
        assertThat(cookie(Preset.DRF)).doesNotContain("Secure");
        assertThat(cookie(Preset.STRICT)).endsWith("; Secure");
    }

    @Test
    void each_setting_can_be_set_alone() {
        Postern mixed = builder(Preset.DRF)
                .gate(gate -> gate.challengeStyle(Challenge.Style.ALL))
                .build();
        FakeRequest request = FakeRequest.get();
        Verdict.Denied denied = (Verdict.Denied) mixed.gate().check(request, mixed.policyFor(request));

        assertThat(denied.denial().challenges()).hasSize(2);
        assertThat(text(mixed.response(denied.denial()))).startsWith("{\"detail\"");
    }

    private static AuthResponse ask(Preset preset, FakeRequest request) {
        Postern postern = postern(preset);
        Verdict verdict = postern.gate().check(request, postern.policyFor(request));
        return postern.response(((Verdict.Denied) verdict).denial());
    }

    private static AuthResponse post(Preset preset, String body) {
        FakeRequest request = FakeRequest.post().header("Content-Type", "application/json");
        return postern(preset)
                .guard()
                .endpoint(request, "/token/", new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String cookie(Preset preset) {
        return postern(preset)
                .guard()
                .endpoint(FakeRequest.get(), "/csrf/", InputStream.nullInputStream())
                .headers()
                .get("Set-Cookie")
                .get(0);
    }

    private static Postern postern(Preset preset) {
        return builder(preset).build();
    }

    private static PosternBuilder builder(Preset preset) {
        return Postern.builder()
                .preset(preset)
                .users(Users.store())
                .passwords(login -> login.hasher(Users.HASHER))
                .tokens(new InMemoryStores().tokens())
                .withoutListeners()
                .authenticators(token(), basic(), session())
                .permissions(isAuthenticated());
    }

    private static String text(AuthResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
