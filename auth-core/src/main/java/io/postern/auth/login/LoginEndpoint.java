package io.postern.auth.login;

import io.postern.auth.AuthResponse;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.endpoint.Body;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.endpoint.Fields;
import io.postern.auth.password.LoginResult;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordLogin;
import java.util.List;
import java.util.Map;

/**
 * Reads username and password, verifies them, and hands the user to the {@link LoginFlow}. The factories differ in the
 * white space they remove and in the response to a failed login.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class LoginEndpoint implements Endpoint {

    private final Body body;
    private final PasswordLogin passwords;
    private final LoginFlow flow;
    private final String issuer;
    private final Style style;

    private LoginEndpoint(Body body, PasswordLogin passwords, LoginFlow flow, String issuer, Style style) {
        this.body = body;
        this.passwords = passwords;
        this.flow = flow;
        this.issuer = issuer;
        this.style = style;
    }

    /** Returns the endpoint of DRF's {@code ObtainAuthToken} (drf-contract AT-3 to AT-7). */
    public static LoginEndpoint token(Body body, PasswordLogin passwords, LoginFlow flow) {
        AuthResponse failed = body.errors()
                .ofFields(Map.of("non_field_errors", List.of("Unable to log in with provided credentials.")));
        return new LoginEndpoint(body, passwords, flow, "token", new Style(true, false, false, failed));
    }

    /** Returns the endpoint that starts a session; wrong fields get the response to a wrong password. */
    public static LoginEndpoint session(Body body, PasswordLogin passwords, LoginFlow flow) {
        AuthResponse failed =
                body.errors().of(Denial.of(400, "Unable to log in with provided credentials.", "authorization"));
        return new LoginEndpoint(body, passwords, flow, "session", new Style(false, false, true, failed));
    }

    /**
     * Returns the endpoint of simplejwt's {@code TokenObtainPairView} (drf-contract VW-1, VW-5, VF-1, VF-2), which also
     * reads a {@code device}.
     *
     * @param body reads bodies
     * @param passwords verifies passwords
     * @param flow completes the login
     * @param issuer the name of the issuer of JWTs
     * @param challenge the challenge of the response to a failed login
     */
    public static LoginEndpoint jwt(
            Body body, PasswordLogin passwords, LoginFlow flow, String issuer, Challenge challenge) {
        Denial denial = Denial.of(401, "No active account found with the given credentials", "no_active_account")
                .withChallenges(List.of(challenge));
        return new LoginEndpoint(
                body,
                passwords,
                flow,
                issuer,
                new Style(true, true, false, body.errors().of(denial)));
    }

    /** Returns the endpoint that completes the challenge of a pending login. */
    public static Endpoint resume(Body body, LoginFlow flow) {
        return request -> {
            Body.Content content = body.read(request);
            if (content instanceof Body.Content.Refused refused) {
                return refused.response();
            }
            Fields fields = ((Body.Content.Members) content).fields();
            AuthResponse failed = body.errors().of(Denial.permissionDenied());
            return flow.respond(flow.resume(request.request(), fields), failed);
        };
    }

    @Override
    public AuthResponse handle(EndpointRequest request) {
        LoginFlow.requireAccepted(flow.issuer(issuer), request.request());
        Body.Content content = body.read(request);
        if (content instanceof Body.Content.Refused refused) {
            return refused.isMalformed() && style.hidesErrors() ? style.failed() : refused.response();
        }
        Fields fields = ((Body.Content.Members) content).fields();
        String username = fields.required("username", style.trimsUsername());
        Password password = Password.of(fields.required("password", style.trimsPassword()));
        if (!fields.errors().isEmpty()) {
            return style.hidesErrors() ? style.failed() : body.errors().ofFields(fields.errors());
        }
        LoginAttempt attempt =
                new LoginAttempt(request.request(), issuer, "password", fields.optional("device"), List.of());
        LoginResult result = passwords.check(username, password);
        if (result instanceof LoginResult.Success success) {
            return response(flow.login(attempt, success.account()));
        }
        if (result instanceof LoginResult.Refused refused) {
            return response(flow.fail(attempt, refused.reason()));
        }
        flow.fail(attempt, "password_hashing_busy");
        return body.errors().of(Denial.unavailable(((LoginResult.Busy) result).retryAfter()));
    }

    private AuthResponse response(LoginOutcome outcome) {
        return flow.respond(outcome, style.failed());
    }

    /** The differences between the login endpoints on the wire. */
    private record Style(boolean trimsUsername, boolean trimsPassword, boolean hidesErrors, AuthResponse failed) {}
}
