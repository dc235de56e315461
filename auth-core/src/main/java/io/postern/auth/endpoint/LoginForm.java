package io.postern.auth.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.password.LoginResult;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.user.StoredUser;
import java.time.Clock;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What all logins by name and password have in common: reads both, checks them, and tells listeners.
 *
 * <pre>{@code
 * return form.answer(request, "mine", Trim.NOTHING, refusal, (account, fields) -> AuthResponse.empty(204));
 * }</pre>
 *
 * @param body reads requests
 * @param login checks passwords, behind its bound on parallel hashing
 * @param listener is told who logged in and who failed
 * @param clock dates what it is told
 */
public record LoginForm(Body body, PasswordLogin login, AuthListener listener, Clock clock) {

    /** Around which fields white space is dropped. */
    public enum Trim {

        /** None: names and passwords count as they were typed. */
        NOTHING,

        /** The name's, as DRF's serializers do. */
        USERNAME,

        /** The name's and the password's, as simplejwt's serializers do. */
        BOTH
    }

    /**
     * Answers a login.
     *
     * @param request what the client sent
     * @param method what events call this way to log in
     * @param trim where white space does not count
     * @param refusal what a wrong name or password is told
     * @param welcome what a known user gets, as it was when the password was checked
     * @return the welcome or the refusal; 400 or 413 for a bad body, 503 while too many passwords are being checked
     */
    public AuthResponse answer(
            EndpointRequest request,
            String method,
            Trim trim,
            AuthResponse refusal,
            BiFunction<StoredUser, Fields, AuthResponse> welcome) {
        Body.Content content = body.read(request);
        if (content instanceof Body.Content.Refused refused) {
            return refused.response();
        }
        Fields fields = ((Body.Content.Members) content).fields();
        String username = fields.required("username", trim != Trim.NOTHING);
        Password password = Password.of(fields.required("password", trim == Trim.BOTH));
        if (!fields.errors().isEmpty()) {
            return body.errors().ofFields(fields.errors());
        }
        LoginResult result = login.check(username, password);
        return answer(request, method, result, refusal, account -> welcome.apply(account, fields));
    }

    private AuthResponse answer(
            EndpointRequest request,
            String method,
            LoginResult result,
            AuthResponse refusal,
            Function<StoredUser, AuthResponse> welcome) {
        String address = request.request().remoteAddress();
        if (result instanceof LoginResult.Success success) {
            AuthResponse response = welcome.apply(success.account());
            listener.on(new AuthEvent.LoggedIn(
                    clock.instant(), method, success.user().id(), address));
            return response;
        }
        if (result instanceof LoginResult.Refused refused) {
            listener.on(new AuthEvent.LoginFailed(clock.instant(), method, refused.reason(), address));
            return refusal;
        }
        listener.on(new AuthEvent.LoginFailed(clock.instant(), method, "password_hashing_busy", address));
        return body.errors().of(Denial.unavailable(((LoginResult.Busy) result).retryAfter()));
    }
}
