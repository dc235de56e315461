package io.postern.benchmarks.contender;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.statelessJwt;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.servlet.ServletAuthRequest;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import io.postern.benchmarks.stub.Credential;
import io.postern.benchmarks.stub.StubRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Ours, with the default settings but for what a case is about. */
public final class PosternContender {

    private static final String NAME = "postern";

    private PosternContender() {}

    /** A public path. */
    public static Contender open() {
        Postern postern = Postern.builder()
                .authenticators(token())
                .tokens(new InMemoryStores().tokens())
                .users(new InMemoryUserStore())
                .permissions(isAuthenticated())
                .policy("/api/*", policy -> policy.withoutAuthenticators().permissions(allowAny()))
                .build();
        return new Contender(NAME, new AuthFilter(postern), request -> "ann0", List.of(Credential.NONE), null);
    }

    /** Each token for the first time, and its user is looked up. */
    public static Contender jwtFirst(Jwts jwts) {
        return jwtFirst(NAME, jwts, KeyRing.of(key(jwts)));
    }

    /** The same, with signatures verified by Bouncy Castle. */
    static Contender jwtFirstByBouncyCastle(Jwts jwts) {
        return jwtFirst(NAME + ", Bouncy Castle", jwts, KeyRing.of(key(jwts)).withBouncyCastle());
    }

    private static Contender jwtFirst(String name, Jwts jwts, KeyRing keys) {
        Postern postern = jwtBuilder(keys, LibrarySettings::firstSeen)
                .users(user())
                .authenticators(jwt())
                .build();
        return Contender.of(name, new AuthFilter(postern), jwts.firstSeen(), jwts.refused());
    }

    private static InMemoryUserStore user() {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of(Jwts.SUBJECT, Jwts.SUBJECT), "");
        return users;
    }

    /** Nothing is remembered, however often a token is sent. */
    public static Contender jwtWithoutCache(Jwts jwts) {
        Postern postern = jwtBuilder(KeyRing.of(key(jwts)), LibrarySettings::withoutCache)
                .authenticators(statelessJwt())
                .build();
        return Contender.of(NAME, new AuthFilter(postern), jwts.firstSeen(), jwts.refused());
    }

    /** The same tokens again and again. */
    public static Contender jwtAgain(Jwts jwts) {
        Postern postern = jwtBuilder(KeyRing.of(key(jwts)), LibrarySettings::seenAgain)
                .authenticators(statelessJwt())
                .build();
        return Contender.of(NAME + " again", new AuthFilter(postern), jwts.seenAgain(), jwts.refused());
    }

    /** The same tokens again and again, and the user of each is looked up. */
    static Contender jwtWithUser(Jwts jwts) {
        Postern postern = jwtBuilder(KeyRing.of(key(jwts)), LibrarySettings::seenAgain)
                .users(user())
                .authenticators(jwt())
                .build();
        return Contender.of(NAME + " again, user", new AuthFilter(postern), jwts.seenAgain(), jwts.refused());
    }

    static Contender basicFirst(Accounts accounts) {
        Postern postern = basicBuilder(accounts, LibrarySettings::firstLogin).build();
        return Contender.of(NAME, new AuthFilter(postern), accounts.all(), accounts.refused());
    }

    static Contender basicAgain(Accounts accounts) {
        Postern postern = basicBuilder(accounts, LibrarySettings::loginAgain).build();
        return Contender.of(NAME + " again", new AuthFilter(postern), accounts.few(), accounts.refused());
    }

    /** Opaque tokens in memory, with their users. */
    public static Contender opaque() {
        return opaque(builder -> builder);
    }

    /** Opaque tokens in memory, with further settings. */
    public static Contender opaque(UnaryOperator<PosternBuilder> change) {
        InMemoryStores stores = new InMemoryStores();
        Accounts.names().forEach(name -> stores.users().add(UserRecord.of(name, name), ""));
        Postern postern = change.apply(Postern.builder()
                        .stores(stores)
                        .authenticators(token("Bearer"))
                        .permissions(isAuthenticated()))
                .build();
        OpaqueTokens tokens = new OpaqueTokens(Accounts.names().stream()
                .map(name -> postern.tokens().issue(name, "").value().reveal())
                .toList());
        String revoked = postern.tokens().issue("ann0", "revoked").value().reveal();
        postern.tokens()
                .revoke("ann0", postern.tokens().find(revoked).orElseThrow().id());
        return Contender.of(NAME, new AuthFilter(postern), tokens.good(), tokens.refused(revoked));
    }

    /** The container's session. */
    static Contender containerSession() {
        InMemoryUserStore users = oneUser();
        Postern postern = Postern.builder()
                .users(users)
                .authenticators(session())
                .permissions(isAuthenticated())
                .build();
        StubRequest login = new StubRequest(Credential.NONE);
        postern.sessions()
                .login(
                        ServletAuthRequest.of(postern, login),
                        users.findById("1").orElseThrow());
        return Contender.of(
                NAME,
                new AuthFilter(postern),
                List.of(Credential.session(login.getSession())),
                Sessions.refused("JSESSIONID"));
    }

    /** Sessions in our store in memory. */
    static Contender storedSession() {
        InMemoryStores stores = new InMemoryStores();
        stores.users().add(UserRecord.of("1", "ann0"), "");
        Postern postern = Postern.builder()
                .stores(stores)
                .authenticators(session())
                .permissions(isAuthenticated())
                .build();
        SessionLogin.Started started = postern.sessions()
                .login(
                        ServletAuthRequest.of(postern, new StubRequest(Credential.NONE)),
                        stores.users().findById("1").orElseThrow());
        String cookie = started.setCookie().orElseThrow();
        String value = cookie.substring(Sessions.STORED.length() + 1, cookie.indexOf(';'));
        return Contender.of(
                NAME,
                new AuthFilter(postern),
                List.of(Credential.cookie(Sessions.STORED, value)),
                Sessions.refused(Sessions.STORED));
    }

    private static InMemoryUserStore oneUser() {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("1", "ann0"), "");
        return users;
    }

    private static JwtKey key(Jwts jwts) {
        JwtAlgorithm algorithm = JwtAlgorithm.valueOf(jwts.algorithm().getName().toUpperCase(Locale.ROOT));
        return JwtKey.ofJwk(algorithm, jwts.key().toJSONString());
    }

    private static PosternBuilder jwtBuilder(KeyRing keys, UnaryOperator<JwtSettings.Builder> cache) {
        return Postern.builder()
                .jwt(
                        keys,
                        jwt -> cache.apply(
                                jwt.issuer(Jwts.ISSUER).audience(Jwts.AUDIENCE).userIdClaim("sub")))
                .permissions(isAuthenticated());
    }

    private static PosternBuilder basicBuilder(Accounts accounts, UnaryOperator<PasswordLogin.Builder> cache) {
        InMemoryUserStore users = new InMemoryUserStore();
        accounts.hashes().forEach((name, hash) -> users.add(UserRecord.of(name, name), hash));
        return Postern.builder()
                .users(users)
                .passwords(login -> cache.apply(login.hasher(new EncoderHasher(accounts.encoder()))))
                .authenticators(basic())
                .permissions(isAuthenticated());
    }
}
