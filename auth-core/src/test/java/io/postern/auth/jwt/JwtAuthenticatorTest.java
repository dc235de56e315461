package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.AuthResult;
import io.postern.auth.Denial;
import io.postern.auth.StoreException;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** drf-contract SJA-1 to SJA-10 and SJA-14. */
class JwtAuthenticatorTest {

    private final InMemoryUserStore users = Users.store();
    private final JwtAuthenticator jwt = JwtAuthenticator.of(Jwts.drf(), users, Jwts.CLOCK);
    private final JwtAuthenticator stateless = JwtAuthenticator.stateless(Jwts.drf(), Jwts.CLOCK);

    @Test
    void a_valid_token_authenticates_its_user_and_is_the_credential() {
        AuthResult.Authenticated found = (AuthResult.Authenticated) bearer(jwt, Jwts.token(Jwts.CLAIMS));

        assertThat(found.user()).isEqualTo(Users.ANN);
        assertThat(((VerifiedJwt) found.credential().orElseThrow()).text("jti")).contains("a");
    }

    @Test
    void a_number_names_a_user_as_its_text_does() {
        assertThat(bearer(jwt, user("1"))).isInstanceOf(AuthResult.Authenticated.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Basic YTpi", "Token x", "bearer x", "BEARER x", "JWT x", "Bearerx y"})
    void another_scheme_or_none_is_not_mine(String value) {
        assertThat(jwt.authenticate(FakeRequest.get().authorization(value))).isEqualTo(AuthResult.notAttempted());
        assertThat(jwt.authenticate(FakeRequest.get())).isEqualTo(AuthResult.notAttempted());
    }

    @Test
    void the_scheme_has_any_case_when_strict() {
        JwtAuthenticator strict = JwtAuthenticator.of(Jwts.strict(), users, Jwts.CLOCK);

        assertThat(strict.authenticate(FakeRequest.get().authorization("bEARER x")))
                .isInstanceOf(AuthResult.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer  ", "Bearer a b", "Bearer a.b.c d"})
    void a_header_of_other_than_two_parts_is_refused(String value) {
        Denial denial = denied(jwt.authenticate(FakeRequest.get().authorization(value)));

        assertThat(denial.detail()).isEqualTo("Authorization header must contain two space-delimited values");
        assertThat(denial.members()).isEqualTo(Map.of("code", "bad_authorization_header"));
        assertThat(denial.status()).isEqualTo(401);
    }

    @Test
    void an_invalid_token_is_reported_once_for_each_accepted_type() {
        JwtAuthenticator both = JwtAuthenticator.of(
                JwtSettings.builder(Jwts.keys())
                        .accepted(TokenType.ACCESS, TokenType.SLIDING)
                        .build(),
                users,
                Jwts.CLOCK);

        Denial denial = denied(bearer(both, "garbage"));

        assertThat(denial.detail()).isEqualTo("Given token not valid for any token type");
        assertThat(denial.code()).isEqualTo("token_not_valid");
        assertThat(denial.members())
                .containsEntry("code", "token_not_valid")
                .containsEntry(
                        "messages",
                        List.of(
                                Map.of(
                                        "token_class", "AccessToken",
                                        "token_type", "access",
                                        "message", "Token is invalid"),
                                Map.of(
                                        "token_class", "SlidingToken",
                                        "token_type", "sliding",
                                        "message", "Token is invalid")));
    }

    @Test
    void the_true_reason_is_for_the_log_alone() {
        Denial forged = denied(bearer(jwt, Jwts.token(Jwts.CLAIMS).replaceFirst("[^.]+$", "AAAA")));
        Denial garbage = denied(bearer(jwt, "garbage"));

        assertThat(forged.reason()).isEqualTo("jwt_bad_signature");
        assertThat(garbage.reason()).isEqualTo("jwt_malformed");
        assertThat(forged.withReason("")).isEqualTo(garbage.withReason(""));
    }

    @Test
    void the_challenge_of_an_invalid_token_has_an_error() {
        assertThat(jwt.challenge(FakeRequest.get()).orElseThrow().header()).isEqualTo("Bearer realm=\"api\"");
        assertThat(denied(bearer(jwt, "garbage")).challenges().get(0).header())
                .isEqualTo("Bearer realm=\"api\", error=\"invalid_token\"");
        assertThat(jwt.name()).isEqualTo("jwt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | User not found | user_not_found",
                "\"9\" | User not found | user_not_found",
                "\"\" | User not found | user_not_found",
                "\"ann\" | User not found | user_not_found",
                "{\"id\":\"1\"} | User not found | user_not_found",
                "[\"1\"] | User not found | user_not_found",
                "1.0 | User not found | user_not_found",
                "true | User not found | user_not_found",
                "\"2\" | User is inactive | user_inactive"
            })
    void who_is_not_there_or_not_active_is_refused(String user, String detail, String code) {
        Denial denial = denied(bearer(jwt, user(user)));

        assertThat(denial.status()).isEqualTo(401);
        assertThat(denial.detail()).isEqualTo(detail);
        assertThat(denial.members()).isEqualTo(Map.of("code", code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1.5", "[\"1\"]", "{\"id\":\"1\"}"})
    void a_user_claim_that_is_neither_a_string_nor_an_integer_identifies_no_user(String json) {
        for (String id : List.of("true", "1.5", "[1]", "{id=1}")) {
            users.add(UserRecord.of(id, "user " + id), "");
        }

        assertThat(denied(bearer(jwt, user(json))).code()).isEqualTo("user_not_found");
    }

    @Test
    void a_fingerprint_of_another_password_or_none_is_refused() throws Exception {
        byte[] key = new byte[32];
        JwtSettings settings =
                JwtSettings.builder(Jwts.keys()).passwordFingerprint(key).build();
        JwtAuthenticator checking = JwtAuthenticator.of(settings, users, Jwts.CLOCK);
        String securityStamp = users.findById("1").orElseThrow().securityStamp();
        String print = HexFormat.of().formatHex(Jwts.mac("HmacSHA256", key, securityStamp));
        String token = Jwts.token(Jwts.CLAIMS.replace("}", ",\"hash_password\":\"" + print + "\"}"));
        assertThat(bearer(checking, token)).isInstanceOf(AuthResult.Authenticated.class);

        users.setPasswordHash("1", "another");

        for (String refused : List.of(token, Jwts.token(Jwts.CLAIMS))) {
            Denial denial = denied(bearer(checking, refused));
            assertThat(denial.status()).isEqualTo(401);
            assertThat(denial.detail()).isEqualTo("The user's password has been changed.");
            assertThat(denial.members()).isEqualTo(Map.of("code", "password_changed"));
        }
        assertThat(bearer(jwt, token)).isInstanceOf(AuthResult.Authenticated.class);
        users.update(UserRecord.from(users.findById("1").orElseThrow().user())
                .active(false)
                .build());
        assertThat(denied(bearer(checking, token)).code()).isEqualTo("user_inactive");
    }

    @Test
    void a_token_without_a_user_is_refused() {
        String withoutUser = Jwts.token(Jwts.CLAIMS.replace(",\"user_id\":\"1\"", ""));

        for (JwtAuthenticator each : List.of(jwt, stateless)) {
            assertThat(denied(bearer(each, withoutUser)).detail())
                    .isEqualTo("Token contained no recognizable user identification");
        }
    }

    @Test
    void a_user_deactivated_or_deleted_since_is_refused() {
        String token = Jwts.token(Jwts.CLAIMS);

        users.update(UserRecord.builder("1", "ann").active(false).build());
        assertThat(denied(bearer(jwt, token)).code()).isEqualTo("user_inactive");
        users.remove("1");
        assertThat(denied(bearer(jwt, token)).code()).isEqualTo("user_not_found");
        assertThat(bearer(stateless, token)).isInstanceOf(AuthResult.Authenticated.class);
    }

    @Test
    void inactive_users_are_accepted_with_allowInactiveUsers() {
        JwtSettings lenient =
                JwtSettings.builder(Jwts.keys()).allowInactiveUsers().build();

        assertThat(bearer(JwtAuthenticator.of(lenient, users, Jwts.CLOCK), user("\"2\"")))
                .isInstanceOf(AuthResult.Authenticated.class);
    }

    @Test
    void a_refresh_token_does_not_authenticate() {
        assertThat(denied(bearer(jwt, Jwts.token(Jwts.CLAIMS.replace("access", "refresh"))))
                        .reason())
                .isEqualTo("jwt_wrong_type");
    }

    @Test
    void header_scheme_claim_and_field_can_be_changed() {
        JwtSettings own = JwtSettings.builder(Jwts.keys())
                .headerName("X-Access-Token")
                .schemes("JWT", "Bearer")
                .userIdClaim("name")
                .usernameAsUserId()
                .realm("own")
                .build();
        JwtAuthenticator changed = JwtAuthenticator.of(own, users, Jwts.CLOCK);
        String token = Jwts.token(Jwts.CLAIMS.replace("\"user_id\":\"1\"", "\"name\":\"ann\""));

        assertThat(changed.authenticate(FakeRequest.get().header("x-access-token", "JWT " + token)))
                .isInstanceOf(AuthResult.Authenticated.class);
        assertThat(bearer(changed, token)).isEqualTo(AuthResult.notAttempted());
        assertThat(changed.challenge(FakeRequest.get()).orElseThrow().header()).isEqualTo("JWT realm=\"own\"");
    }

    @Test
    void another_header_is_refused_as_the_gate_refuses_authorization() {
        JwtSettings own = JwtSettings.builder(Jwts.keys()).headerName("X-Auth").build();
        JwtAuthenticator changed =
                JwtAuthenticator.of(own, users, Jwts.CLOCK).orCookie("access", (request, found) -> found);
        String good = "Bearer " + Jwts.token(Jwts.CLAIMS);
        FakeRequest twice = FakeRequest.get().header("X-Auth", good).header("x-auth", good);

        assertThat(changed.authenticate(FakeRequest.get().header("X-Auth", good)))
                .isInstanceOf(AuthResult.Authenticated.class);
        assertThat(changed.credentialHeaders()).containsExactly("X-Auth", "Cookie");
        assertThat(denied(changed.authenticate(twice)))
                .isEqualTo(Denial.of(400, "More than one X-Auth header.", "malformed_request")
                        .withReason("authorization_repeated"));
        for (String odd : List.of("\n", "\r", "\u0000", "\u000B", "\f", "\u001B", "\u007F")) {
            for (String value : List.of(odd + good, good + odd, good.replace(" ", odd), "Basic" + odd, odd)) {
                FakeRequest request =
                        FakeRequest.get().header("X-Auth", value).cookie("access", Jwts.token(Jwts.CLAIMS));
                assertThat(denied(changed.authenticate(request)))
                        .isEqualTo(Denial.of(400, "X-Auth header has control characters.", "malformed_request")
                                .withReason("authorization_control_characters"));
            }
        }
    }

    @Test
    void tokens_in_other_places_are_not_read() {
        String token = Jwts.token(Jwts.CLAIMS);
        FakeRequest request = FakeRequest.post()
                .formField("access_token", token)
                .cookie("access_token", token)
                .header("X-Forwarded-Authorization", "Bearer " + token);

        assertThat(jwt.authenticate(request)).isEqualTo(AuthResult.notAttempted());
    }

    @Test
    void a_failing_store_is_not_a_rejection() {
        JwtAuthenticator broken = JwtAuthenticator.of(Jwts.drf(), Users.broken(), Jwts.CLOCK);

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> bearer(broken, Jwts.token(Jwts.CLAIMS)));
    }

    private static AuthResult bearer(JwtAuthenticator authenticator, String token) {
        return authenticator.authenticate(FakeRequest.get().authorization("Bearer " + token));
    }

    private static String user(String json) {
        return Jwts.token(Jwts.CLAIMS.replace("\"user_id\":\"1\"", "\"user_id\":" + json));
    }

    private static Denial denied(AuthResult result) {
        assertThat(result).isInstanceOf(AuthResult.Rejected.class);
        return ((AuthResult.Rejected) result).denial();
    }
}
