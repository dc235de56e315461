package io.postern.auth.login;

import io.postern.auth.endpoint.EndpointRequest.Fields;
import io.postern.auth.login.LoginStep.ChallengeStep;
import io.postern.auth.login.LoginStep.StepResult;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.user.StoredUser;
import java.util.Map;

/** A second factor: the code of a user is the step's name and the user's id. */
record CodeStep(String name) implements ChallengeStep {

    static String codeOf(String step, String userId) {
        return step + "-" + userId;
    }

    @Override
    public StepResult after(LoginAttempt attempt, StoredUser user) {
        return challenge(user);
    }

    @Override
    public StepResult complete(LoginAttempt attempt, StoredUser user, String state, Fields fields) {
        String code = fields.required("code", true);
        if (code.equals("resend")) {
            return challenge(user);
        }
        if (code.equals("cancel")) {
            return new StepResult.Refuse("cancelled", "The login was cancelled.");
        }
        return OneTimeSecret.digestOf(code).equals(state)
                ? StepResult.proceed()
                : new StepResult.Invalid("wrong_code", "code", "Invalid code.");
    }

    private StepResult challenge(StoredUser user) {
        String digest = OneTimeSecret.digestOf(codeOf(name, user.user().id()));
        return new StepResult.Challenge(name, digest, Map.of("digits", 6));
    }
}
