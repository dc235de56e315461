package io.postern;

import io.postern.auth.endpoint.JwtCookies;
import io.postern.auth.jwt.JwtAuthenticator;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.TokenKind;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.refresh.RefreshTokens;
import io.postern.auth.revocation.Revocations;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.token.Tokens;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an application has configured, for whoever makes an authenticator of it.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Parts {

    private final Optional<UserStore> users;
    private final Optional<SessionLogin> sessions;
    private final Optional<PasswordLogin> login;
    private final Optional<Tokens> tokens;
    private final Optional<JwtSettings> jwt;
    private final Optional<RefreshTokens> refreshTokens;
    private final Optional<Revocations> revocations;
    private final Optional<JwtCookies> jwtCookies;
    private final Csrf csrf;
    private final Clock clock;

    Parts(
            @Nullable UserStore users,
            @Nullable SessionLogin sessions,
            @Nullable PasswordLogin login,
            @Nullable Tokens tokens,
            @Nullable JwtSettings jwt,
            @Nullable RefreshTokens refreshTokens,
            @Nullable Revocations revocations,
            @Nullable JwtCookies jwtCookies,
            Csrf csrf,
            Clock clock) {
        this.users = Optional.ofNullable(users);
        this.sessions = Optional.ofNullable(sessions);
        this.login = Optional.ofNullable(login);
        this.tokens = Optional.ofNullable(tokens);
        this.jwt = Optional.ofNullable(jwt);
        this.refreshTokens = Optional.ofNullable(refreshTokens);
        this.revocations = Optional.ofNullable(revocations);
        this.jwtCookies = Optional.ofNullable(jwtCookies);
        this.csrf = csrf;
        this.clock = clock;
    }

    /**
     * Returns who exists.
     *
     * @return the store
     * @throws IllegalStateException if there is none
     */
    public UserStore users() {
        return users.orElseThrow(() -> missing("who exists", ".users(userStore)"));
    }

    /**
     * Returns what checks passwords.
     *
     * @return the login
     * @throws IllegalStateException if there are no users
     */
    public PasswordLogin login() {
        return login.orElseThrow(() -> missing("who exists", ".users(userStore)"));
    }

    /**
     * Returns the opaque tokens.
     *
     * @return the tokens
     * @throws IllegalStateException if there are none
     */
    public Tokens tokens() {
        return tokens.orElseThrow(() -> missing("where opaque tokens are kept", ".tokens(tokenStore)"));
    }

    /**
     * Returns how signed tokens are issued and verified.
     *
     * @return the settings
     * @throws IllegalStateException if there are none
     */
    public JwtSettings jwt() {
        return jwt.orElseThrow(() -> missing("the keys of signed tokens", ".jwt(KeyRing.of(key))"));
    }

    /**
     * Returns what issues, refreshes and revokes pairs of signed tokens.
     *
     * @return the service
     * @throws IllegalStateException if there are no users or no key that signs
     */
    public RefreshTokens refreshTokens() {
        return refreshTokens.orElseThrow(() -> missing("users and a key that signs", ".users(…) and .jwt(…)"));
    }

    /**
     * Returns what says whose a session is.
     *
     * @return the sessions
     * @throws IllegalStateException if there are no users
     */
    public SessionLogin sessions() {
        return sessions.orElseThrow(() -> missing("who exists", ".users(userStore)"));
    }

    /**
     * Returns the proof asked of requests with a session.
     *
     * @return the proof
     */
    public Csrf csrf() {
        return csrf;
    }

    /**
     * Returns the clock.
     *
     * @return the clock
     */
    public Clock clock() {
        return clock;
    }

    /** Sliding tokens are looked up on each request (drf-contract TK-3), access tokens where revocations are followed. */
    boolean isRevoked(VerifiedJwt token) {
        boolean lookedUp = token.kind() == TokenKind.SLIDING;
        return (lookedUp
                        && refreshTokens
                                .filter(service -> service.isBlacklisted(token))
                                .isPresent())
                || revocations
                        .filter(followed -> new AccessRevocations(followed, jwt()).test(token))
                        .isPresent();
    }

    /**
     * Returns the revocations that reach access tokens.
     *
     * @return the service
     * @throws IllegalStateException if none are followed
     */
    public Revocations revocations() {
        return revocations.orElseThrow(
                () -> missing("where revocations are kept", ".revocations(new InMemoryRevocationStore())"));
    }

    /** Adds to an authenticator of signed tokens what is configured beside the keys. */
    JwtAuthenticator finished(JwtAuthenticator authenticator) {
        JwtAuthenticator refusing = authenticator.refusing(this::isRevoked);
        return jwtCookies
                .map(cookies ->
                        refusing.orCookie(cookies.accessName(), request -> csrf.refuse(request, Optional.empty())))
                .orElse(refusing);
    }

    /** What forgets a batch of expired rows, of each part there is. */
    List<IntUnaryOperator> purges() {
        List<IntUnaryOperator> all = new ArrayList<>();
        sessions.ifPresent(service -> all.add(service::purge));
        tokens.ifPresent(service -> all.add(service::purge));
        refreshTokens.ifPresent(service -> all.add(service::purge));
        revocations.ifPresent(service -> all.add(service::purge));
        return all;
    }

    boolean hasUsers() {
        return users.isPresent();
    }

    boolean hasTokens() {
        return tokens.isPresent();
    }

    boolean canIssueJwt() {
        return refreshTokens.isPresent();
    }

    private static IllegalStateException missing(String what, String call) {
        return new IllegalStateException("Postern is not told " + what + ": add " + call + " to its builder");
    }
}
