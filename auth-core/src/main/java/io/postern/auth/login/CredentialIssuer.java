package io.postern.auth.login;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.util.Optional;

/**
 * Issues one kind of credential at the end of a {@link LoginFlow}: a session, an opaque token, JWTs.
 *
 * <p>Implement this to issue a credential of your own. Implementations are safe for use by several threads.
 *
 * <p><b>Security.</b> Bind what outlives the request to {@link StoredUser#securityStamp()}, not to a user looked up again:
 * the password may have changed since it was verified. A credential that does not carry the stamp is revoked again if the
 * stored stamp differs after it was issued.
 */
public interface CredentialIssuer {

    /**
     * Returns an issuer of sessions, with the response of {@code /session/login/}.
     *
     * @param sessions starts sessions
     * @param csrf the CSRF protection of sessions
     * @return the issuer, whose name is "session"
     */
    static CredentialIssuer session(SessionLogin sessions, Csrf csrf) {
        return new SessionIssuer(sessions, csrf);
    }

    /**
     * Returns an issuer of opaque tokens, with the response of {@code /token/}.
     *
     * @param tokens issues tokens
     * @return the issuer, whose name is "token"
     */
    static CredentialIssuer token(ApiTokens tokens, UserStore users) {
        return new TokenIssuer(tokens, users);
    }

    /**
     * Returns the name under which a {@link LoginAttempt} selects this issuer; unique within a flow.
     *
     * @return a constant, for instance {@code session}
     */
    String name();

    /**
     * Returns the method that events report.
     *
     * @return {@link #name()} by default
     */
    default String method() {
        return name();
    }

    /**
     * Evaluates a request before its credentials or fields are looked at. An issuer of cookies refuses foreign origins
     * here, so that another site cannot log a browser in (login CSRF).
     *
     * @return the denial; empty by default
     */
    default Optional<Denial> refuse(AuthRequest request) {
        return Optional.empty();
    }

    /**
     * Returns why the client will not be able to present the credential that was just issued, which is reported as
     * {@code SessionUnrecognized}.
     *
     * @return the reason and what to configure; empty by default
     */
    default Optional<String> unrecognized(AuthRequest request) {
        return Optional.empty();
    }

    /**
     * Issues the credential.
     *
     * @param user the user as when the last factor was verified
     * @return the response with the credential
     * @throws io.postern.auth.StoreException if a store fails; the client gets 503
     */
    AuthResponse issue(LoginAttempt attempt, StoredUser user);
}
