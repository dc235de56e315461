package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Denial;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtCookieTest {

    private static final String GOOD = Jwts.token(Jwts.CLAIMS);
    private static final String EXPIRED = Jwts.token(Jwts.CLAIMS.replace("1800000300", "1700000300"));
    private static final String UNKNOWN_USER = Jwts.token(Jwts.CLAIMS.replace("\"1\"", "\"9\""));

    private final JwtAuthenticator authenticator = JwtAuthenticator.of(Jwts.drf(), Users.store(), Jwts.CLOCK)
            .refusing(jwt -> jwt.id().equals("revoked"))
            .orCookie("access", JwtCookieTest::protect);

    @Test
    void a_valid_cookie_authenticates_a_safe_request() {
        AuthResult result = authenticator.authenticate(FakeRequest.get().cookie("access", GOOD));

        assertThat(result).isInstanceOfSatisfying(AuthResult.Authenticated.class, found -> {
            assertThat(found.user().username()).isEqualTo("ann");
            assertThat(found.credential()).get().isInstanceOf(VerifiedJwt.class);
        });
    }

    @Test
    void a_valid_cookie_needs_the_csrf_proof_for_an_unsafe_request() {
        FakeRequest forged = FakeRequest.post().cookie("access", GOOD);

        assertThat(authenticator.authenticate(forged)).isInstanceOfSatisfying(AuthResult.Rejected.class, rejected -> {
            assertThat(rejected.denial().status()).isEqualTo(403);
            assertThat(rejected.denial().detail()).isEqualTo("CSRF Failed: no proof");
            assertThat(rejected.denial().reason()).isEqualTo("csrf_failed");
        });
        assertThat(authenticator.authenticate(forged.header("X-Proof", "1")))
                .isInstanceOf(AuthResult.Authenticated.class);
    }

    @Test
    void a_header_needs_no_csrf_proof() {
        assertThat(authenticator.authenticate(FakeRequest.post().authorization("Bearer " + GOOD)))
                .isInstanceOf(AuthResult.Authenticated.class);
        assertThat(authenticator.authenticate(
                        FakeRequest.post().authorization("Bearer " + GOOD).cookie("access", GOOD)))
                .isInstanceOf(AuthResult.Authenticated.class);
    }

    @Test
    void a_header_takes_precedence_over_a_valid_cookie() {
        FakeRequest wrong = FakeRequest.get().cookie("access", GOOD).authorization("Bearer " + EXPIRED);
        FakeRequest other = FakeRequest.get().cookie("access", GOOD).authorization("Basic YTpi");

        assertThat(authenticator.authenticate(wrong)).isInstanceOf(AuthResult.Rejected.class);
        assertThat(authenticator.authenticate(other)).isInstanceOf(AuthResult.NotAttempted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "garbage", "a b", "..", "....."})
    void a_cookie_that_is_not_a_token_counts_as_absent(String value) {
        assertStale(value);
    }

    @Test
    void a_cookie_whose_token_is_not_valid_any_more_counts_as_absent() {
        assertStale(EXPIRED);
        assertStale(UNKNOWN_USER);
        assertStale(Jwts.token(Jwts.CLAIMS.replace("\"a\"", "\"revoked\"")));
        assertStale(Jwts.token(Jwts.CLAIMS.replace("\"1\"", "\"2\"")));
        assertStale(Jwts.token(Jwts.CLAIMS.replace("access", "refresh")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_several_cookies_the_one_that_is_valid_authenticates(boolean first) {
        for (String other : List.of("sibling-application", "", EXPIRED, UNKNOWN_USER, GOOD)) {
            FakeRequest request =
                    FakeRequest.get().cookie("access", first ? GOOD : other).cookie("access", first ? other : GOOD);

            assertThat(authenticator.authenticate(request))
                    .as(other)
                    .isInstanceOfSatisfying(
                            AuthResult.Authenticated.class,
                            found -> assertThat(found.user().username()).isEqualTo("ann"));
        }
    }

    @Test
    void one_valid_cookie_of_several_needs_the_csrf_proof() {
        FakeRequest forged =
                FakeRequest.post().cookie("access", "sibling-application").cookie("access", GOOD);

        assertThat(authenticator.authenticate(forged))
                .isInstanceOfSatisfying(
                        AuthResult.Rejected.class,
                        rejected -> assertThat(rejected.denial().reason()).isEqualTo("csrf_failed"));
        assertThat(authenticator.authenticate(forged.header("X-Proof", "1")))
                .isInstanceOf(AuthResult.Authenticated.class);
    }

    @Test
    void valid_cookies_of_two_users_count_as_none() {
        JwtAuthenticator stateless =
                JwtAuthenticator.stateless(Jwts.drf(), Jwts.CLOCK).orCookie("access", JwtCookieTest::protect);

        assertThat(stateless.authenticate(FakeRequest.get().cookie("access", UNKNOWN_USER)))
                .isInstanceOf(AuthResult.Authenticated.class);
        assertThat(stateless.authenticate(
                        FakeRequest.get().cookie("access", UNKNOWN_USER).cookie("access", GOOD)))
                .isInstanceOf(AuthResult.NotAttempted.class);
        assertThat(stateless.authenticate(
                        FakeRequest.get().cookie("access", GOOD).cookie("access", UNKNOWN_USER)))
                .isInstanceOf(AuthResult.NotAttempted.class);
    }

    @Test
    void more_than_four_cookies_of_the_name_are_not_read() {
        FakeRequest request = FakeRequest.get().cookie("access", GOOD);
        for (int i = 0; i < 3; i++) {
            request = request.cookie("access", "other");
        }

        assertThat(authenticator.authenticate(request)).isInstanceOf(AuthResult.Authenticated.class);
        assertThat(authenticator.authenticate(request.cookie("access", "other")))
                .isInstanceOf(AuthResult.NotAttempted.class);
    }

    @Test
    void beside_a_header_of_another_scheme_the_cookie_is_read_after_all_other_authenticators() {
        JwtAuthenticator last = authenticator.besideForeignHeader().orElseThrow();
        FakeRequest cookie = FakeRequest.get().cookie("access", GOOD);

        assertThat(last.authenticate(cookie.authorization("Negotiate YII=")))
                .isInstanceOf(AuthResult.Authenticated.class);
        assertThat(last.authenticate(FakeRequest.get().cookie("access", GOOD).authorization("Bearer " + EXPIRED)))
                .isInstanceOf(AuthResult.NotAttempted.class);
        assertThat(last.authenticate(FakeRequest.get().cookie("access", GOOD)))
                .isInstanceOf(AuthResult.NotAttempted.class);
        assertThat(last.authenticate(FakeRequest.post().cookie("access", GOOD).authorization("Negotiate YII=")))
                .isInstanceOf(AuthResult.Rejected.class);
        assertThat(last.challenge(FakeRequest.get())).isEmpty();
        assertThat(last.besideForeignHeader()).isEmpty();
    }

    @Test
    void without_a_cookie_nothing_is_tried() {
        assertThat(authenticator.authenticate(FakeRequest.post())).isInstanceOf(AuthResult.NotAttempted.class);
        assertThat(JwtAuthenticator.of(Jwts.drf(), Users.store(), Jwts.CLOCK)
                        .authenticate(FakeRequest.get().cookie("access", GOOD)))
                .isInstanceOf(AuthResult.NotAttempted.class);
    }

    @Test
    void revocation_applies_to_cookies_in_either_order_of_configuration() {
        JwtAuthenticator otherOrder = JwtAuthenticator.of(Jwts.drf(), Users.store(), Jwts.CLOCK)
                .orCookie("access", JwtCookieTest::protect)
                .refusing(jwt -> true);

        assertThat(otherOrder.authenticate(FakeRequest.get().cookie("access", GOOD)))
                .isInstanceOf(AuthResult.NotAttempted.class);
    }

    private void assertStale(String value) {
        assertThat(authenticator.authenticate(FakeRequest.get().cookie("access", value)))
                .as("reading")
                .isInstanceOf(AuthResult.NotAttempted.class);
        assertThat(authenticator.authenticate(FakeRequest.post().cookie("access", value)))
                .as("changing")
                .isInstanceOf(AuthResult.NotAttempted.class);
    }

    private static AuthResult protect(AuthRequest request, AuthResult.Authenticated found) {
        boolean safe =
                request.method().equals("GET") || request.header("X-Proof").isPresent();
        return safe ? found : AuthResult.rejected(Denial.csrfFailed("no proof"));
    }
}
