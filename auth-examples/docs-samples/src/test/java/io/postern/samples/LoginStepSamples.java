package io.postern.samples;

import static io.postern.StandardAuthenticators.session;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.login.LoginStep;
import io.postern.auth.login.LoginStep.StepResult;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.util.Set;

/** The samples of {@code login-steps.md}. */
final class LoginStepSamples {

    private LoginStepSamples() {}

    static Postern refusing(UserStore users, Set<String> unverified) {
        // sample: refuse
        LoginStep verified = (attempt, user) -> unverified.contains(user.user().id())
                ? new StepResult.Refuse("email_not_verified", "Confirm your e-mail address first.")
                : StepResult.proceed();
        Postern postern = Postern.builder()
                .users(users)
                .loginSteps(verified)
                .authenticators(session())
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static Postern challenging(UserStore users, OneTimeStore oneTime) {
        // sample: challenge
        Postern postern = Postern.builder()
                .users(users)
                .oneTimeSecrets(oneTime)
                .loginSteps(new TermsStep("2026-11"))
                .authenticators(session())
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static AuthResponse verified(Postern postern, AuthRequest request, StoredUser user) {
        // sample: verified
        LoginFlow flow = postern.loginFlow();
        LoginFlow.Outcome outcome = flow.login(flow.attempt(request, "magic-link"), user);
        return flow.respond(outcome, postern.response(Denial.authenticationFailed("Invalid link.", "link")));
        // end
    }
}
