package io.postern.conformance.replay;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.Preset;
import io.postern.auth.jwt.JwtCookies;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.session.CookieAttributes;
import io.postern.auth.session.CookieAttributes.SameSite;
import io.postern.auth.session.SessionSettings;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.Device;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The application that the hostile inputs are written for: a {@code Postern} of some preset with all that its users have.
 * A user's id is the name, so that a forged {@code sub} names a user.
 */
final class HostileApp {

    static final String CSRF_HEADER = "X-CSRF-Token";
    static final String ISSUER = "https://issuer.example";
    static final String AUDIENCE = "api.example";

    private static final PasswordHasher HASHER = PasswordHasher.pbkdf2(1_000);

    private final HostileSetup setup;
    private final HostileKeys keys;
    /** It stands still unless it is set, so that what expires in this second does. */
    private final Instant present = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final SettableClock clock = SettableClock.at(present);
    private final Outage outage = new Outage();
    private final InMemoryUserStore users = new InMemoryUserStore();
    private final TokenStore tokens = outage.reach(TokenStore.class, new InMemoryStores().tokens());
    private final Postern postern;

    HostileApp(HostileSetup setup) {
        this.setup = setup;
        this.keys = HostileKeys.forProfile(setup.profile());
        this.postern = postern(keys.server(), ISSUER, AUDIENCE);
    }

    HostileSetup setup() {
        return setup;
    }

    HostileKeys keys() {
        return keys;
    }

    SettableClock clock() {
        return clock;
    }

    /** Sets the clock to a time before the present. */
    void goBack(Duration beforeThePresent) {
        clock.set(present.minus(beforeThePresent));
    }

    Outage outage() {
        return outage;
    }

    TokenStore tokens() {
        return tokens;
    }

    /** As shipped. */
    Duration leeway() {
        boolean none = setup.preset() == Preset.DRF || setup.profile().equals("skew0");
        return none ? Duration.ZERO : Duration.ofSeconds(30);
    }

    /** As shipped. */
    SessionSettings sessions() {
        return setup.preset() == Preset.DRF ? SessionSettings.django() : SessionSettings.strict();
    }

    String sessionCookie() {
        return setup.storesSessions() ? sessions().cookieName() : HostileServer.SESSIONS.name();
    }

    String addUser(String name, String password) {
        String hash = password.isEmpty() ? "" : HASHER.hash(Password.of(password));
        users.add(UserRecord.of(name, name), hash);
        return hash;
    }

    void addAdmin(String name) {
        users.add(UserRecord.builder(name, name).staff(true).roles("admin").build(), "");
    }

    void disable(String name) {
        users.update(UserRecord.builder(name, name).active(false).build());
    }

    void delete(String name) {
        users.remove(name);
    }

    /** Does what the documentation asks of an application when a password changes. */
    void changePassword(String name) {
        users.setPasswordHash(name, HASHER.hash(Password.of("another-" + name)));
        postern.jwt().revokeAllFamilies(name);
        postern.tokens().revokeAll(name);
    }

    TokenPair login(String name) {
        return login(postern, name);
    }

    /** A login at an application with the same keys that writes other names into its tokens. */
    TokenPair loginElsewhere(String name, String issuer, String audience) {
        return login(postern(keys.server(), issuer, audience), name);
    }

    /** A login from when another key signed, which has been removed since. */
    TokenPair loginUnderRetiredKey(String name) {
        return login(postern(keys.retired(), ISSUER, AUDIENCE), name);
    }

    /** What is inside of a token, where tokens are encrypted. */
    String signed(String token) {
        return setup.encrypted() ? ForgedJwe.open(token, keys) : token;
    }

    Postern postern() {
        return postern;
    }

    private TokenPair login(Postern at, String name) {
        return at.jwt().issue(users.findById(name).orElseThrow().user(), Device.unknown());
    }

    private Postern postern(JwtKey signing, String issuer, String audience) {
        InMemoryStores memory = new InMemoryStores();
        PosternBuilder builder = Postern.builder()
                .jwt(KeyRing.of(signing), settings -> configured(settings, issuer, audience))
                .refreshTokens(outage.reach(TokenFamilyStore.class, memory.refreshTokens()), this::refreshing)
                .revocations(memory.revocations())
                .preset(setup.preset())
                .clock(clock)
                .users(users)
                .passwords(login -> login.hasher(HASHER))
                .tokens(tokens)
                .csrf(csrf -> csrf.headerName(CSRF_HEADER))
                .authenticators(jwt(), basic(), token(), session())
                .permissions(isAuthenticated())
                .policy("/api/admin/*", isAdmin())
                .policy("/public/ping", allowAny())
                .policy("/public/visit", allowAny())
                .policy("/public/forward-to-me", allowAny())
                .policy("/public/include-me", allowAny())
                .policy("/public/async-me", allowAny());
        if (setup.storesSessions()) {
            builder.sessions(memory.sessions());
        }
        return (setup.usesCookies() ? builder.jwtCookies(cookies()) : builder).build();
    }

    private RefreshSettings refreshing(RefreshSettings shipped) {
        boolean once = setup.profile().equals(HostileSetup.ONCE);
        return once ? shipped.withMode(RotationMode.ROTATE).withReuseGracePeriod(Duration.ZERO) : shipped;
    }

    private JwtSettings.Builder configured(JwtSettings.Builder settings, String issuer, String audience) {
        settings.issuer(issuer).audience(audience).userIdClaim("sub");
        if (setup.profile().equals("skew0")) {
            settings.leeway(Duration.ZERO);
        }
        return setup.encrypted() ? keys.encrypting(settings) : settings;
    }

    /** The names that the inputs use. */
    private static JwtCookies cookies() {
        CookieAttributes kept = CookieAttributes.credential();
        return new JwtCookies(
                "access", kept, "refresh", kept.withPath("/auth/jwt/").withSameSite(SameSite.STRICT));
    }
}
