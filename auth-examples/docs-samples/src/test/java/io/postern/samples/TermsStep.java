package io.postern.samples;

import io.postern.auth.endpoint.EndpointRequest.Fields;
import io.postern.auth.login.LoginAttempt;
import io.postern.auth.login.LoginStep.ChallengeStep;
import io.postern.auth.login.LoginStep.StepResult;
import io.postern.auth.user.StoredUser;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

// sample: terms
/** Asks each user to accept the current terms before a credential is issued. */
record TermsStep(String version, Map<String, String> acceptedByUser) implements ChallengeStep {

    TermsStep(String version) {
        this(version, new ConcurrentHashMap<>()); // your table
    }

    @Override
    public String name() {
        return "terms";
    }

    @Override
    public StepResult after(LoginAttempt attempt, StoredUser user) {
        if (version.equals(acceptedByUser.get(user.user().id()))) {
            return StepResult.proceed();
        }
        return new StepResult.Challenge("terms", version, Map.of("version", version, "url", "/terms/" + version));
    }

    @Override
    public StepResult complete(LoginAttempt attempt, StoredUser user, String state, Fields fields) {
        if (!fields.required("accept", true).equals(state)) {
            return new StepResult.Invalid("terms_not_accepted", "accept", "Accept version " + state + " to log in.");
        }
        acceptedByUser.put(user.user().id(), state);
        return StepResult.proceed();
    }
}
// end
