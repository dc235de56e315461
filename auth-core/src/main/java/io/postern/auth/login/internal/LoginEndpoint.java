package io.postern.auth.login.internal;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.endpoint.EndpointRequest.Fields;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.login.LoginAttempt;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordLogin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads username and password, verifies them, and hands the user to the {@link LoginFlow}. The factories differ in the
 * white space they remove and in the response to a failed login.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class LoginEndpoint implements Endpoint {

    private final PasswordLogin passwords;
    private final LoginFlow flow;
    private final String issuer;
    private final Style style;

    private LoginEndpoint(PasswordLogin passwords, LoginFlow flow, String issuer, Style style) {
        this.passwords = passwords;
        this.flow = flow;
        this.issuer = issuer;
        this.style = style;
    }

    /** Returns the endpoint of DRF's {@code ObtainAuthToken} (drf-contract AT-3 to AT-7). */
    public static LoginEndpoint token(ErrorFormat errors, PasswordLogin passwords, LoginFlow flow) {
        AuthResponse failed =
                errors.fieldErrors(Map.of("non_field_errors", List.of("Unable to log in with provided credentials.")));
        return new LoginEndpoint(passwords, flow, "token", new Style(true, false, false, failed));
    }

    /** Returns the endpoint that starts a session; wrong fields get the response to a wrong password. */
    public static LoginEndpoint session(ErrorFormat errors, PasswordLogin passwords, LoginFlow flow) {
        AuthResponse failed =
                errors.response(Denial.of(400, "Unable to log in with provided credentials.", "authorization"));
        return new LoginEndpoint(passwords, flow, "session", new Style(false, false, true, failed));
    }

    /**
     * Returns the endpoint of simplejwt's {@code TokenObtainPairView} (drf-contract VW-1, VW-5, VF-1, VF-2), which also
     * reads a {@code device}.
     *
     * @param issuer the name of the issuer of JWTs
     * @param challenge the challenge of the response to a failed login
     */
    public static LoginEndpoint jwt(
            ErrorFormat errors, PasswordLogin passwords, LoginFlow flow, String issuer, Challenge challenge) {
        Denial denial = Denial.of(401, "No active account found with the given credentials", "no_active_account")
                .withChallenges(List.of(challenge));
        return new LoginEndpoint(passwords, flow, issuer, new Style(true, true, false, errors.response(denial)));
    }

    /** Returns the endpoint that completes the challenge of a pending login. */
    public static Endpoint resume(LoginFlow flow) {
        return request -> {
            Fields fields = request.fields();
            Optional<AuthResponse> unreadable = fields.refusal();
            AuthResponse failed = request.respond(Denial.permissionDenied());
            return unreadable.isPresent()
                    ? unreadable.get()
                    : flow.respond(flow.resume(request.request(), fields), failed);
        };
    }

    @Override
    public AuthResponse handle(EndpointRequest request) {
        flow.requireAccepted(attempt(request.request(), ""));
        Fields fields = request.fields();
        String username = fields.required("username", style.trimsUsername());
        Password password = Password.of(fields.required("password", style.trimsPassword()));
        Optional<AuthResponse> refusal = fields.refusal();
        if (refusal.isPresent()) {
            return style.hidesErrors() && refusal.get().status() == 400 ? style.failed() : refusal.get();
        }
        LoginAttempt attempt = attempt(request.request(), fields.optional("device"));
        PasswordLogin.Result result = passwords.check(username, password);
        if (result instanceof PasswordLogin.Result.Success success) {
            return response(flow.login(attempt, success.account()));
        }
        if (result instanceof PasswordLogin.Result.Refused refused) {
            return response(flow.fail(attempt, refused.reason()));
        }
        flow.fail(attempt, "password_hashing_busy");
        return request.respond(Denial.unavailable(((PasswordLogin.Result.Busy) result).retryAfter()));
    }

    private LoginAttempt attempt(AuthRequest request, String device) {
        return new LoginAttempt(request, issuer, "password", device, List.of());
    }

    private AuthResponse response(LoginFlow.Outcome outcome) {
        return flow.respond(outcome, style.failed());
    }

    /** The differences between the login endpoints on the wire. */
    private record Style(boolean trimsUsername, boolean trimsPassword, boolean hidesErrors, AuthResponse failed) {}
}
