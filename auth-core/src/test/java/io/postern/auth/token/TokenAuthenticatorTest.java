package io.postern.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.InMemoryStores;
import io.postern.auth.AuthResult;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.StoreException;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** drf-contract TA-1 to TA-9. */
class TokenAuthenticatorTest {

    private final InMemoryUserStore users = Users.store();
    private final ApiTokens tokens = ApiTokens.builder(new InMemoryStores().tokens())
            .format(TokenValue.Format.drf())
            .listener(event -> {})
            .build();
    private final TokenAuthenticator authenticator = new TokenAuthenticator(tokens, users, "Token");

    @Test
    void a_token_tells_its_owner_and_is_the_credential() {
        ApiTokens.Issued issued = tokens.issue("1", "");

        assertThat(authenticate("Token " + issued.value().reveal()))
                .isEqualTo(AuthResult.authenticated(Users.ANN, issued.record()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"token ", "TOKEN\t", "  tOkEn   "})
    void the_keyword_has_any_case_and_blanks_around_it(String keyword) {
        assertThat(authenticate(keyword + tokens.issue("1", "").value().reveal() + " "))
                .isInstanceOf(AuthResult.Authenticated.class);
    }

    @Test
    void the_keyword_is_read_without_the_machines_language() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            TokenAuthenticator api = new TokenAuthenticator(tokens, users, "ApiToken");
            String text = tokens.issue("1", "").value().reveal();

            assertThat(api.authenticate(FakeRequest.get().authorization("APITOKEN " + text)))
                    .isInstanceOf(AuthResult.Authenticated.class);
            assertThat(api.authenticate(FakeRequest.get().authorization("APıTOKEN " + text)))
                    .isEqualTo(AuthResult.notAttempted());
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Bearer abc", "Basic YTpi", "ApiTokens abc", "Token: abc", "TokenX"})
    void another_keyword_or_none_is_not_mine(String value) {
        assertThat(authenticate(value)).isEqualTo(AuthResult.notAttempted());
        assertThat(authenticator.authenticate(FakeRequest.get())).isEqualTo(AuthResult.notAttempted());
    }

    @Test
    void malformed_headers_are_told_in_drfs_words() {
        assertThat(authenticate("Token"))
                .isEqualTo(refused("Invalid token header. No credentials provided.", "token_malformed"));
        assertThat(authenticate("Token a b"))
                .isEqualTo(refused("Invalid token header. Token string should not contain spaces.", "token_malformed"));
        assertThat(authenticate("Token \u00FF"))
                .isEqualTo(refused(
                        "Invalid token header. Token string should not contain invalid characters.",
                        "token_malformed"));
    }

    @Test
    void unknown_revoked_and_changed_tokens_are_refused_alike() {
        ApiTokens.Issued issued = tokens.issue("1", "");
        String text = issued.value().reveal();
        AuthResult unknown = refused("Invalid token.", "token_unknown");

        assertThat(authenticate("Token " + text.substring(1))).isEqualTo(unknown);
        assertThat(authenticate("Token " + issued.value().digest())).isEqualTo(unknown);
        assertThat(authenticate("Token ' OR '1'='1".replace(' ', '\u0001').replaceFirst("\u0001", " ")))
                .isEqualTo(unknown);
        assertThat(authenticate("Token 0")).isEqualTo(unknown);
        assertThat(authenticate("Token " + "x".repeat(8_000))).isEqualTo(unknown);
        tokens.revokeAll("1");
        assertThat(authenticate("Token " + text)).isEqualTo(unknown);
    }

    @Test
    void a_token_in_capitals_is_another_one() {
        ApiTokens fixed = ApiTokens.builder(new InMemoryStores().tokens())
                .format(TokenValue.Format.drf())
                .listener(event -> {})
                .build();
        fixed.importExisting("1", "", TokenValue.of("abcdef"));
        TokenAuthenticator own = new TokenAuthenticator(fixed, users, "Token");

        assertThat(own.authenticate(FakeRequest.get().authorization("Token abcdef")))
                .isInstanceOf(AuthResult.Authenticated.class);
        assertThat(own.authenticate(FakeRequest.get().authorization("Token ABCDEF")))
                .isEqualTo(refused("Invalid token.", "token_unknown"));
    }

    @Test
    void the_owner_is_looked_at_on_every_use() {
        String text = tokens.issue("1", "").value().reveal();
        AuthResult inactive = refused("User inactive or deleted.", "user_inactive");

        users.update(UserRecord.builder("1", "ann").active(false).build());
        assertThat(authenticate("Token " + text)).isEqualTo(inactive);
        users.update(Users.ANN);
        assertThat(authenticate("Token " + text)).isInstanceOf(AuthResult.Authenticated.class);
        users.remove("1");
        assertThat(authenticate("Token " + text)).isEqualTo(inactive);
    }

    @Test
    void the_keyword_is_the_whole_challenge() {
        assertThat(authenticator.challenge(FakeRequest.get())).contains(Challenge.of("Token"));
        assertThat(authenticator.name()).isEqualTo("token");
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenAuthenticator(tokens, users, "My Token"));
    }

    @Test
    void failing_stores_are_not_wrong_tokens() {
        String text = tokens.issue("1", "").value().reveal();
        TokenAuthenticator withoutUsers = new TokenAuthenticator(tokens, Users.broken(), "Token");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> withoutUsers.authenticate(FakeRequest.get().authorization("Token " + text)));
    }

    @Test
    void tokens_in_other_places_are_not_read() {
        String text = tokens.issue("1", "").value().reveal();
        FakeRequest request = FakeRequest.post()
                .cookie("token", text)
                .formField("token", text)
                .formField("access_token", text)
                .header("X-Authorization", "Token " + text);

        assertThat(authenticator.authenticate(request)).isEqualTo(AuthResult.notAttempted());
    }

    @Test
    void an_api_key_is_read_from_its_own_header_alone() {
        TokenAuthenticator keys = TokenAuthenticator.ofHeader(tokens, users, "X-Api-Key");
        ApiTokens.Issued issued = tokens.issue("1", "");
        String key = issued.value().reveal();

        assertThat(keys.authenticate(FakeRequest.get().header("X-Api-Key", " " + key + " ")))
                .isEqualTo(AuthResult.authenticated(Users.ANN, issued.record()));
        assertThat(keys.authenticate(FakeRequest.get())).isEqualTo(AuthResult.notAttempted());
        assertThat(keys.authenticate(FakeRequest.get().authorization("Token " + key)))
                .isEqualTo(AuthResult.notAttempted());
        assertThat(authenticator.authenticate(FakeRequest.get().header("X-Api-Key", key)))
                .isEqualTo(AuthResult.notAttempted());
        assertThat(keys.credentialHeaders()).containsExactly("X-Api-Key");
        assertThat(keys.challenge(FakeRequest.get())).contains(Challenge.of("ApiKey"));
        assertThat(keys.name()).isEqualTo("api-key");
        assertThat(authenticator.credentialHeaders()).containsExactly("Authorization", "Cookie");
        assertThat(authenticator.name()).isEqualTo("token");
    }

    @Test
    void repeated_empty_unknown_and_revoked_api_keys_are_refused() {
        TokenAuthenticator keys = TokenAuthenticator.ofHeader(tokens, users, "X-Api-Key");
        ApiTokens.Issued issued = tokens.issue("1", "");
        String key = issued.value().reveal();

        assertThat(keys.authenticate(FakeRequest.get().header("X-Api-Key", key).header("X-Api-Key", key)))
                .isEqualTo(refused("Invalid token.", "token_malformed"));
        for (String bad : List.of("", "other", key + "x", "Token " + key, "x".repeat(8_192))) {
            assertThat(keys.authenticate(FakeRequest.get().header("X-Api-Key", bad)))
                    .isEqualTo(refused("Invalid token.", "token_unknown"));
        }
        tokens.revoke("1", issued.record().id());
        assertThat(keys.authenticate(FakeRequest.get().header("X-Api-Key", key)))
                .isEqualTo(refused("Invalid token.", "token_unknown"));
    }

    @Test
    void an_api_key_that_is_too_long_is_refused_unread() {
        AtomicInteger read = new AtomicInteger();
        ApiTokens counting = ApiTokens.builder(new InMemoryStores().tokens())
                .format(new TokenValue.Format() {
                    @Override
                    public TokenValue create(byte[] bits) {
                        return TokenValue.of("any");
                    }

                    @Override
                    public boolean isPlausible(String value) {
                        read.incrementAndGet();
                        return true;
                    }
                })
                .build();
        TokenAuthenticator keys = TokenAuthenticator.ofHeader(counting, users, "X-Api-Key");

        assertThat(keys.authenticate(FakeRequest.get().header("X-Api-Key", "x".repeat(8_193))))
                .isEqualTo(refused("Invalid token.", "token_malformed"));
        assertThat(read).hasValue(0);
        assertThat(keys.authenticate(FakeRequest.get().header("X-Api-Key", "x".repeat(8_192))))
                .isEqualTo(refused("Invalid token.", "token_unknown"));
        assertThat(read).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Api Key", "X-Api-Key:", "authorization", "COOKIE", "X-Äpi"})
    void a_header_that_cannot_carry_an_api_key_is_refused(String header) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenAuthenticator.ofHeader(tokens, users, header))
                .withMessageContaining("choose a name such as X-Api-Key");
    }

    private AuthResult authenticate(String header) {
        return authenticator.authenticate(FakeRequest.get().authorization(header));
    }

    private static AuthResult refused(String detail, String reason) {
        return AuthResult.rejected(Denial.authenticationFailed(detail, reason));
    }
}
