package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.InMemoryStores;
import io.postern.StandardAuthenticators;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.basic.BasicAuthenticator;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtAuthenticator;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionAuthenticator;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.TokenAuthenticator;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Runs the contract for the core's own authenticators. */
class AuthenticatorContractTest {

    private static final PasswordHasher HASHER = PasswordHasher.pbkdf2(1_000);
    private static final InMemoryUserStore USERS = users();

    private static InMemoryUserStore users() {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("1", "ann"), HASHER.hash(Password.of("right")));
        return users;
    }

    @Nested
    class Basic implements AuthenticatorContract {

        private final Authenticator basic = BasicAuthenticator.withoutLoginSteps(PasswordLogin.builder(USERS)
                .hasher(HASHER)
                .maxWaiting(20)
                .listener(event -> {})
                .build());

        @Override
        public Authenticator authenticator() {
            return basic;
        }

        @Override
        public AuthRequest goodRequest() {
            String credentials = Base64.getEncoder().encodeToString("ann:right".getBytes(StandardCharsets.UTF_8));
            return FakeRequest.get("/").header("Authorization", "Basic " + credentials);
        }

        @Override
        public String scheme() {
            return "Basic";
        }
    }

    @Nested
    class DrfToken extends OfTokens {

        DrfToken() {
            super(TokenValue.Format.drf());
        }
    }

    @Nested
    class CheckedToken extends OfTokens {

        CheckedToken() {
            super(TokenValue.Format.checked("test"));
        }
    }

    @Nested
    class Jwt implements AuthenticatorContract {

        private final JwtSettings settings = JwtSettings.builder(
                        KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])))
                .build();

        @Override
        public Authenticator authenticator() {
            return JwtAuthenticator.of(settings, USERS, Clock.systemUTC());
        }

        @Override
        public AuthRequest goodRequest() {
            String token = JwtTokens.builder(settings, USERS)
                    .listener(event -> {})
                    .build()
                    .issue(UserRecord.of("1", "ann"))
                    .access();
            return FakeRequest.get("/").header("Authorization", "Bearer " + token);
        }

        @Override
        public String scheme() {
            return "Bearer";
        }
    }

    @Nested
    class Session implements AuthenticatorContract {

        private final SessionLogin sessions = new SessionLogin(USERS);
        private final Csrf csrf = Csrf.builder().build();

        @Override
        public Authenticator authenticator() {
            return new SessionAuthenticator(sessions, csrf);
        }

        @Override
        public AuthRequest goodRequest() {
            FakeRequest request = FakeRequest.post("/");
            String secret = sessions.login(request, "1").csrfSecret();
            return request.cookie("csrftoken", secret).header("X-CSRFToken", csrf.mask(secret));
        }

        @Override
        public String scheme() {
            return "Session";
        }
    }

    @Nested
    class Remote implements AuthenticatorContract {

        @Override
        public Authenticator authenticator() {
            return new StandardAuthenticators.RemoteUser(USERS);
        }

        @Override
        public AuthRequest goodRequest() {
            return FakeRequest.get("/").remoteUser("ann");
        }

        @Override
        public String scheme() {
            return "Remote";
        }
    }

    /** Reads a header, and says so or not. */
    private record Header(List<String> credentialHeaders) implements Authenticator, AuthenticatorContract {

        @Override
        public AuthResult authenticate(AuthRequest request) {
            return request.header("X-User").isPresent()
                    ? AuthResult.authenticated(UserRecord.of("1", "ann"))
                    : AuthResult.notAttempted();
        }

        @Override
        public Authenticator authenticator() {
            return this;
        }

        @Override
        public AuthRequest goodRequest() {
            return FakeRequest.get("/").header("X-User", "ann");
        }

        @Override
        public String scheme() {
            return "Header";
        }
    }

    @Test
    void a_header_that_is_read_and_not_named_fails_the_contract() {
        new Header(List.of("x-user")).reads_no_credential_but_from_the_headers_it_names();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(new Header(List.of("Authorization"))::reads_no_credential_but_from_the_headers_it_names);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(new Header(List.of("X-User, Y"))::reads_no_credential_but_from_the_headers_it_names);
    }

    abstract static class OfTokens implements AuthenticatorContract {

        private final ApiTokens tokens;
        private final String text;

        OfTokens(TokenValue.Format format) {
            tokens = ApiTokens.builder(new InMemoryStores().tokens())
                    .format(format)
                    .listener(event -> {})
                    .build();
            text = tokens.issue("1", "").value().reveal();
        }

        @Override
        public Authenticator authenticator() {
            return new TokenAuthenticator(tokens, USERS, "Token");
        }

        @Override
        public AuthRequest goodRequest() {
            return FakeRequest.get("/").header("Authorization", "Token " + text);
        }

        @Override
        public String scheme() {
            return "Token";
        }
    }
}
