package io.postern.auth.login;

import io.postern.auth.AuthRequest;
import io.postern.auth.login.LoginStep.ChallengeStep;
import io.postern.auth.user.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A login whose first factor was verified; created by {@link LoginFlow#attempt}.
 *
 * @param request the request, as the gate sees it; for a completed challenge, the request that completed it
 * @param issuer the name of the {@link CredentialIssuer}; {@code basic} for HTTP Basic, which has none
 * @param firstFactor how the user was authenticated first: {@code password}, {@code oidc}
 * @param device the user's name for the device, cut to 256 chars; may be empty
 * @param completed the names of the {@link ChallengeStep}s that were completed, in order
 */
public record LoginAttempt(
        AuthRequest request, String issuer, String firstFactor, String device, List<String> completed) {

    /** Validates the components and copies the list. */
    public LoginAttempt {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(firstFactor, "firstFactor");
        device = new Device(device, "", "").label();
        completed = List.copyOf(completed);
    }

    /**
     * Returns this attempt for another credential.
     *
     * @param name the name of the issuer
     * @return a new attempt
     */
    public LoginAttempt withIssuer(String name) {
        return new LoginAttempt(request, name, firstFactor, device, completed);
    }

    LoginAttempt withCompleted(String step) {
        List<String> more = new ArrayList<>(completed);
        more.add(step);
        return new LoginAttempt(request, issuer, firstFactor, device, more);
    }

    @Override
    public String toString() {
        return "LoginAttempt[" + firstFactor + " for " + issuer + ", completed " + completed + "]";
    }
}
