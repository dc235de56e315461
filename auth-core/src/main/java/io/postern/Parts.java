package io.postern;

import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.token.Tokens;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an application has configured, for whoever makes an authenticator of it.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Parts {

    private final Optional<UserStore> users;
    private final Optional<PasswordLogin> login;
    private final Optional<Tokens> tokens;
    private final Optional<JwtSettings> jwt;
    private final Csrf csrf;
    private final Clock clock;

    Parts(
            @Nullable UserStore users,
            @Nullable PasswordLogin login,
            @Nullable Tokens tokens,
            @Nullable JwtSettings jwt,
            Csrf csrf,
            Clock clock) {
        this.users = Optional.ofNullable(users);
        this.login = Optional.ofNullable(login);
        this.tokens = Optional.ofNullable(tokens);
        this.jwt = Optional.ofNullable(jwt);
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
     * Returns what says whose a session is.
     *
     * @return the sessions
     * @throws IllegalStateException if there are no users
     */
    public SessionLogin sessions() {
        return new SessionLogin(users());
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

    boolean hasUsers() {
        return users.isPresent();
    }

    boolean hasTokens() {
        return tokens.isPresent();
    }

    boolean canIssueJwt() {
        return jwt.filter(settings -> settings.keys().canSign()).isPresent();
    }

    private static IllegalStateException missing(String what, String call) {
        return new IllegalStateException("Postern is not told " + what + ": add " + call + " to its builder");
    }
}
