package io.postern.auth.basic;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.internal.AuthorizationHeader;
import io.postern.auth.login.LoginAttempt;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.user.StoredUser;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates by the username and password of {@code Authorization: Basic} (RFC 7617).
 *
 * <pre>{@code
 * Authenticator basic = BasicAuthenticator.of(postern.passwords(), postern.loginFlow());
 * }</pre>
 *
 * The credentials are decoded as UTF-8 or, if they are not valid UTF-8, as ISO-8859-1. Immutable and safe for use by several
 * threads.
 *
 * <p><b>Security.</b> The password travels with every request and each request costs a hash, unless it shares that of a
 * parallel one with the same credentials: accept it over TLS only and throttle it. These hashes have limits of their own, {@link
 * PasswordLogin.Builder#requestHashes}, so that such requests do not keep users from logging in. All failures after decoding share one message, so a client cannot distinguish an unknown user from a
 * wrong password. Base64 is decoded strictly, where DRF skips unknown characters.
 *
 * <p>Mirrors DRF's {@code BasicAuthentication} (drf-contract BA-1 to BA-10).
 */
public final class BasicAuthenticator implements Authenticator {

    // Created once: such requests are what an attacker sends most.
    private static final AuthResult NO_CREDENTIALS = malformed("No credentials provided.");
    private static final AuthResult SEVERAL = malformed("Credentials string should not contain spaces.");
    private static final AuthResult NOT_BASE64 = malformed("Credentials not correctly base64 encoded.");

    private final PasswordLogin login;
    private final @Nullable LoginFlow flow;
    private final Challenge challenge;
    private final Optional<Challenge> offered;

    private BasicAuthenticator(PasswordLogin login, @Nullable LoginFlow flow, Challenge challenge) {
        this.login = Objects.requireNonNull(login, "login");
        this.flow = flow;
        this.challenge = challenge;
        this.offered = Optional.of(challenge);
    }

    /**
     * Returns an authenticator that runs the login steps for each request, and challenges with {@code Basic realm="api"},
     * as DRF does. A user whom a step refuses or challenges is rejected: a client of HTTP Basic cannot complete a challenge.
     */
    public static BasicAuthenticator of(PasswordLogin login, LoginFlow flow) {
        return create(login, Objects.requireNonNull(flow, "flow"));
    }

    /**
     * Returns an authenticator as {@link #of} does that runs no login steps.
     *
     * <p><b>Security.</b> A user whom a step would refuse, or who has a second factor, is authenticated by the password alone.
     */
    public static BasicAuthenticator withoutLoginSteps(PasswordLogin login) {
        return create(login, null);
    }

    private static BasicAuthenticator create(PasswordLogin login, @Nullable LoginFlow flow) {
        return new BasicAuthenticator(login, flow, Challenge.of("Basic").withParameter("realm", "api"));
    }

    /**
     * Returns a copy with another realm, which browsers display; the default is {@code api}.
     *
     * @throws IllegalArgumentException if the realm is not printable ASCII
     */
    public BasicAuthenticator withRealm(String realm) {
        return new BasicAuthenticator(login, flow, challenge.withParameter("realm", realm));
    }

    /**
     * Returns a copy whose challenge asks clients to send UTF-8 (RFC 7617, section 2.1). Off by default, as in DRF; what is
     * accepted does not change.
     */
    public BasicAuthenticator withCharsetAdvertised() {
        return new BasicAuthenticator(login, flow, challenge.withParameter("charset", "UTF-8"));
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        Optional<String> value = request.header("Authorization");
        if (value.isEmpty()) {
            return AuthResult.notAttempted();
        }
        Optional<AuthorizationHeader> header = AuthorizationHeader.of(value.get());
        return header.isPresent() && header.get().hasScheme("Basic", true)
                ? read(request, header.get().parameters())
                : AuthResult.notAttempted();
    }

    @Override
    public Optional<Challenge> challenge(AuthRequest request) {
        return offered;
    }

    @Override
    public String name() {
        return "basic";
    }

    private AuthResult read(AuthRequest request, List<String> parameters) {
        if (parameters.isEmpty()) {
            return NO_CREDENTIALS;
        }
        if (parameters.size() > 1) {
            return SEVERAL;
        }
        Optional<BasicCredentials> credentials = BasicCredentials.parse(parameters.get(0));
        return credentials.isPresent() ? logIn(request, credentials.get()) : NOT_BASE64;
    }

    private AuthResult logIn(AuthRequest request, BasicCredentials credentials) {
        PasswordLogin.Result result = login.checkRequest(credentials.username(), credentials.password());
        if (result instanceof PasswordLogin.Result.Success success) {
            return afterSteps(request, success.account());
        }
        if (result instanceof PasswordLogin.Result.Busy busy) {
            return AuthResult.rejected(Denial.unavailable(busy.retryAfter()).withReason("password_hashing_busy"));
        }
        PasswordLogin.Result.Refused refused = (PasswordLogin.Result.Refused) result;
        return wrong(refused.reason());
    }

    private AuthResult afterSteps(AuthRequest request, StoredUser user) {
        if (flow == null) {
            return AuthResult.authenticated(user.user());
        }
        LoginAttempt attempt = new LoginAttempt(request, name(), "password", "", List.of());
        Optional<String> refusal = flow.refuse(attempt, user);
        return refusal.isPresent() ? wrong(refusal.get()) : AuthResult.authenticated(user.user());
    }

    private static AuthResult wrong(String reason) {
        return AuthResult.rejected(Denial.authenticationFailed("Invalid username/password.", reason));
    }

    private static AuthResult malformed(String what) {
        return AuthResult.rejected(Denial.authenticationFailed("Invalid basic header. " + what, "basic_malformed"));
    }
}
