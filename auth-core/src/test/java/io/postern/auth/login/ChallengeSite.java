package io.postern.auth.login;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.AuthResponse;
import io.postern.auth.Verdict;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtCookies;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.memory.InMemoryRefreshTokenStore;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.password.Password;
import io.postern.auth.testing.Events;
import io.postern.auth.testing.Site;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A site whose logins take a second factor, and one of the credentials that a login can end with. */
final class ChallengeSite {

    /** What a login ends with. */
    enum Kind {
        SESSION("/session/login/", "session", false),
        TOKEN("/token/", "token", false),
        JWT("/jwt/create/", "jwt", false),
        SLIDING("/jwt/sliding/create/", "jwt", false),
        JWT_COOKIES("/jwt/create/", "jwt", true);

        final String path;
        final String method;
        final boolean jwtCookies;

        Kind(String path, String method, boolean jwtCookies) {
            this.path = path;
            this.method = method;
            this.jwtCookies = jwtCookies;
        }
    }

    static final String CONTINUE = "/login/continue/";

    final SettableClock clock = SettableClock.at(Instant.ofEpochSecond(1_800_000_000L));
    final InMemoryUserStore users = Users.store();
    final Events events = new Events();
    final OneTimeStore oneTime = new InMemoryStores().oneTimeSecrets();
    final Kind kind;
    final Postern postern;

    ChallengeSite(Kind kind, LoginStep first, LoginStep... others) {
        this(kind, unchanged -> unchanged, first, others);
    }

    ChallengeSite(Kind kind, UnaryOperator<PosternBuilder> change, LoginStep first, LoginStep... others) {
        this.kind = kind;
        users.add(UserRecord.of("3", "eve"), Users.HASHER.hash(Password.of(Users.PASSWORD)));
        PosternBuilder builder = Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(Users.HASHER))
                .tokens(new InMemoryStores().tokens())
                .sessions(new InMemoryStores().sessions(), session -> session)
                .jwt(
                        KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])),
                        jwt -> jwt.accepted(TokenType.ACCESS, TokenType.SLIDING))
                .refreshTokens(new InMemoryRefreshTokenStore())
                .oneTimeSecrets(oneTime)
                .loginSteps(first, others)
                .listeners(events)
                .clock(clock)
                .authenticators(jwt(), token(), session(), basic())
                .permissions(isAuthenticated());
        if (kind.jwtCookies) {
            builder.jwtCookies(JwtCookies.under("/auth/jwt/"));
        }
        postern = change.apply(builder).build();
    }

    AuthResponse logIn(String username) {
        return post(kind.path, "{\"username\":\"" + username + "\",\"password\":\"pa ss\",\"device\":\"ann's phone\"}");
    }

    /** Logs in as far as the challenge and returns the token of the pending login. */
    String challenged(String username) {
        return tokenOf(logIn(username));
    }

    static String tokenOf(AuthResponse response) {
        return Site.text(response).replaceFirst(".*\"login_token\":\"([^\"]*)\".*", "$1");
    }

    AuthResponse complete(String loginToken, String code) {
        return post(CONTINUE, "{\"login_token\":\"" + loginToken + "\",\"code\":\"" + code + "\"}");
    }

    AuthResponse post(String path, String body) {
        return send(page(), path, body);
    }

    /** A request of a page of this site. */
    static FakeRequest page() {
        return FakeRequest.post()
                .overTls()
                .header("Host", "app.example.com")
                .header("Origin", "https://app.example.com")
                .header("Content-Type", "application/json");
    }

    AuthResponse send(FakeRequest request, String path, String body) {
        return postern.guard().endpoint(request, path, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the name of the user whom the credential of a response authenticates. */
    Optional<String> userOf(AuthResponse response) {
        FakeRequest request = FakeRequest.get().overTls();
        for (String cookie : Site.header(response, "Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            request.cookie(pair[0], pair[1]);
        }
        String body = Site.text(response);
        if (body.contains("\"access\":") || kind == Kind.SLIDING) {
            request.authorization("Bearer " + body.replaceFirst(".*\"(?:access|token)\":\"([^\"]*)\".*", "$1"));
        } else if (kind == Kind.TOKEN) {
            request.authorization("Token " + body.replaceFirst(".*\"token\":\"([^\"]*)\".*", "$1"));
        }
        Verdict verdict = postern.gate().check(request, postern.defaultPolicy());
        return verdict instanceof Verdict.Granted granted
                ? Optional.of(granted.authentication().user().username())
                : Optional.empty();
    }
}
