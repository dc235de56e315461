package io.postern;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.Denial;
import io.postern.auth.Verdict;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class JwtPresetTest {

    private static final String CHALLENGE = "Bearer realm=\"api\"";

    @Test
    void strict_names_the_challenge_of_signed_tokens_beside_others() {
        assertThat(ask(Preset.STRICT, FakeRequest.get())).containsExactly("Basic realm=\"api\"", CHALLENGE);
        assertThat(ask(Preset.DRF, FakeRequest.get())).containsExactly("Basic realm=\"api\"");
    }

    @Test
    void strict_tells_a_bad_bearer_token_as_rfc_6750_says() {
        assertThat(ask(Preset.STRICT, FakeRequest.get().authorization("bearer x")))
                .contains(CHALLENGE + ", error=\"invalid_token\"")
                .doesNotContain(CHALLENGE);
    }

    private static List<String> ask(Preset preset, FakeRequest request) {
        Postern postern = Postern.builder()
                .preset(preset)
                .users(Users.store())
                .passwords(login -> login.hasher(Users.HASHER))
                .jwt(
                        KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])),
                        jwt -> jwt.issuer("https://i.example").audience("api"))
                .withoutListeners()
                .authenticators(basic(), jwt())
                .permissions(isAuthenticated())
                .build();
        Verdict verdict = postern.gate().check(request, postern.policyFor(request));
        Denial denial = ((Verdict.Denied) verdict).denial();
        return postern.response(denial).headers().get("WWW-Authenticate");
    }
}
