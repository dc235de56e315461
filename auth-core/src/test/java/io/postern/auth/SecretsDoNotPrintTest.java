package io.postern.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.InMemoryStores;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.internal.AuthorizationHeader;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.session.SessionStore;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.StoredUser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever may hold a secret can be logged by mistake. */
class SecretsDoNotPrintTest {

    private static final String SECRET = "hunter2hunter2hunter2hunter2hunt";
    private static final byte[] BYTES = SECRET.getBytes(StandardCharsets.US_ASCII);

    @TestFactory
    Stream<DynamicTest> nothing_that_holds_a_secret_prints_it() {
        return holders()
                .map(holder -> DynamicTest.dynamicTest(
                        "prints_no_secret_" + holder.getClass().getSimpleName(), () -> assertSilent(holder)));
    }

    private static Stream<Object> holders() {
        ApiTokens tokens = ApiTokens.builder(new InMemoryStores().tokens())
                .repeatable(BYTES)
                .listener(event -> {})
                .build();
        StoredUser stored = new StoredUser(Users.ANN, SECRET, SECRET);
        AuthRequest request = FakeRequest.post().authorization("Basic " + SECRET);
        return Stream.of(
                Password.of(SECRET),
                TokenValue.of(SECRET),
                SessionStore.Key.of(SECRET),
                stored,
                Optional.of(stored),
                new PasswordLogin.Result.Success(new StoredUser(Users.ANN, "")),
                tokens,
                new SessionLogin(Users.store()),
                Csrf.builder().build(),
                PasswordLogin.builder(Users.store()).hasher(Users.HASHER).build(),
                AuthorizationHeader.of("Bearer " + SECRET).orElseThrow(),
                EndpointRequest.of(request, "/x/", BYTES),
                AuthResponse.json(200, Map.of("token", SECRET)).withHeader("Set-Cookie", SECRET),
                AuthResult.authenticated(Users.ANN, SECRET),
                new Authentication(Users.ANN, Optional.of(SECRET), Optional.empty()),
                new Verdict.Granted(new Authentication(Users.ANN, Optional.of(SECRET), Optional.empty())));
    }

    @Test
    void an_issued_token_prints_neither_its_value_nor_its_digest() {
        ApiTokens.Issued issued = ApiTokens.builder(new InMemoryStores().tokens())
                .repeatable(BYTES)
                .listener(event -> {})
                .build()
                .getOrIssue("1");

        assertThat(issued.toString())
                .doesNotContain(issued.value().reveal())
                .doesNotContain(issued.value().digest());
    }

    private static void assertSilent(Object holder) {
        assertThat(holder.toString())
                .as(holder.getClass().getName())
                .doesNotContain(SECRET)
                .doesNotContain(Base64.getUrlEncoder().withoutPadding().encodeToString(BYTES))
                .doesNotContain("104, 117, 110, 116");
    }
}
