package io.postern.auth.login;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.endpoint.EndpointRequest.Fields;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.login.LoginStep.ChallengeStep;
import io.postern.auth.login.LoginStep.StepResult;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs every login from the verified first factor to the credential: the {@link LoginStep}s in order, then the
 * {@link CredentialIssuer} that the login selected.
 *
 * <pre>{@code
 * LoginFlow flow = postern.loginFlow();
 * Outcome outcome = flow.login(flow.attempt(request, "oidc"), user);
 * return flow.respond(outcome, failed);
 * }</pre>
 *
 * A login that a {@link ChallengeStep} interrupts is pending: {@link #resume} completes the challenge, runs the other
 * steps again, and issues the credential that was asked for at first.
 *
 * <p><b>Security.</b> The token of a pending login has 256 bits, is stored as a digest and valid for one user, one
 * security stamp, a short time and a few attempts; of several requests that complete the same challenge one succeeds. A
 * change of password ends pending logins.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class LoginFlow {

    private static final String TOKEN_FIELD = "login_token";

    private final List<LoginStep> steps;
    private final Map<String, CredentialIssuer> issuers;
    private final @Nullable String defaultIssuer;
    private final @Nullable PendingLogins pending;
    private final Duration lifetime;
    private final int maxAttempts;
    private final ErrorFormat errors;
    private final AuthListener listener;
    private final Clock clock;

    private LoginFlow(Builder builder) {
        this.steps = List.copyOf(builder.steps);
        this.issuers = new LinkedHashMap<>(builder.issuers);
        this.defaultIssuer = builder.defaultIssuer;
        this.pending =
                builder.pending == null ? null : new PendingLogins(builder.pending, builder.users, builder.clock);
        this.lifetime = builder.lifetime;
        this.maxAttempts = builder.maxAttempts;
        this.errors = builder.errors;
        this.listener = AuthListener.all(List.of(builder.listener));
        this.clock = builder.clock;
    }

    /**
     * Returns a builder without steps and issuers.
     */
    public static Builder builder(UserStore users) {
        return new Builder(users);
    }

    /**
     * Starts a login that ends with the default credential.
     *
     * @param firstFactor how the user is authenticated: {@code password}, {@code oidc}
     * @throws IllegalStateException without an issuer
     */
    public LoginAttempt attempt(AuthRequest request, String firstFactor) {
        if (defaultIssuer == null) {
            throw new IllegalStateException("no credential to issue: configure sessions, tokens or JWTs");
        }
        return new LoginAttempt(request, defaultIssuer, firstFactor, "", List.of());
    }

    /**
     * Logs a user in whose first factor was verified: runs the steps and issues the credential. A deactivated user is
     * refused.
     *
     * @param user the user as when the factor was verified
     * @throws IllegalArgumentException if the attempt selects an unknown issuer
     * @throws io.postern.auth.StoreException if a store fails
     */
    public Outcome login(LoginAttempt attempt, StoredUser user) {
        return proceed(attempt, user, clock.instant().plus(lifetime));
    }

    /**
     * Reports a login whose first factor was wrong.
     *
     * @param reason a stable code in snake case, for events only
     * @return the outcome, which does not reveal the reason
     */
    public Outcome fail(LoginAttempt attempt, String reason) {
        return refused(issuer(attempt.issuer()).method(), attempt.request(), new StepResult.Refuse(reason, null));
    }

    /**
     * Runs the steps for a user who gets no credential, as for a request with HTTP Basic.
     *
     * @param user the user as when the first factor was verified
     * @return the reason of the step that stops the login, as a stable code; empty if none does
     */
    public Optional<String> refuse(LoginAttempt attempt, StoredUser user) {
        if (!user.user().isActive()) {
            return Optional.of("inactive_user");
        }
        for (LoginStep step : steps) {
            StepResult result = step.after(attempt, user);
            if (result instanceof StepResult.Refuse refuse) {
                return Optional.of(refuse.reason());
            }
            if (result != StepResult.proceed()) {
                return Optional.of("login_challenge");
            }
        }
        return Optional.empty();
    }

    /**
     * Completes the challenge of a pending login.
     *
     * @param fields its fields; {@code login_token} selects the pending login, the others are those of the challenge
     * @throws DeniedException if the issuer refuses the request, as for a foreign origin
     * @throws io.postern.auth.StoreException if a store fails
     */
    public Outcome resume(AuthRequest request, Fields fields) {
        String token = fields.required(TOKEN_FIELD, true);
        if (!fields.errors().isEmpty()) {
            return new Outcome.Invalid(fields.errors());
        }
        Optional<PendingLogin> found = pending().find(token, request);
        if (found.isEmpty()) {
            return invalidToken("continue", request, "unknown_login_token");
        }
        PendingLogin login = found.get();
        @Nullable CredentialIssuer issuer = issuers.get(login.attempt().issuer());
        Optional<ChallengeStep> step = stepOf(login);
        if (issuer == null || step.isEmpty()) {
            return invalidToken("continue", request, "login_not_configured");
        }
        requireAccepted(issuer, request);
        return complete(token, login, step.get(), fields);
    }

    /**
     * Returns the response for a client that reads JSON. A login that ends in a redirect maps the outcomes itself.
     *
     * @param failed the response to a wrong password or another wrong first factor
     */
    public AuthResponse respond(Outcome outcome, AuthResponse failed) {
        if (outcome instanceof Outcome.LoggedIn loggedIn) {
            return loggedIn.response();
        }
        if (outcome instanceof Outcome.Challenged challenged) {
            return errors.response(denial(challenged));
        }
        if (outcome instanceof Outcome.Invalid invalid) {
            return errors.fieldErrors(invalid.errors());
        }
        Outcome.Refused refused = (Outcome.Refused) outcome;
        return refused.detail() == null
                ? failed
                : errors.response(Denial.permissionDenied(refused.detail(), refused.reason())
                        .withMember("code", refused.reason()));
    }

    /** The step's members come first, so that they cannot replace those of the flow. */
    private static Denial denial(Outcome.Challenged challenged) {
        Denial denial = Denial.permissionDenied("Further verification is required.", "login_challenge");
        for (Map.Entry<String, Object> member : challenged.members().entrySet()) {
            denial = denial.withMember(member.getKey(), member.getValue());
        }
        return denial.withMember("code", "login_challenge")
                .withMember("challenge", challenged.kind())
                .withMember(TOKEN_FIELD, challenged.token())
                .withMember("expires_in", challenged.expiresIn().toSeconds());
    }

    /** Counts the attempt before anything of the user is looked at. */
    private Outcome complete(String token, PendingLogin login, ChallengeStep step, Fields fields) {
        LoginAttempt attempt = login.attempt();
        String method = issuer(attempt.issuer()).method();
        Optional<OneTimeSecret> counted = pending().attempt(token);
        if (counted.isEmpty()) {
            return invalidToken(method, attempt.request(), "login_attempts_exhausted");
        }
        Optional<StoredUser> user = pending().userOf(counted.get());
        Optional<String> outdated = PendingLogins.outdated(user, counted.get());
        if (outdated.isPresent()) {
            pending().consume(token);
            return invalidToken(method, attempt.request(), outdated.get());
        }
        StepResult result = step.complete(attempt, user.orElseThrow(), login.state(), fields);
        if (!fields.errors().isEmpty()) {
            return invalid(method, attempt.request(), "invalid_fields", fields.errors());
        }
        if (result instanceof StepResult.Invalid invalid) {
            return invalid(
                    method, attempt.request(), invalid.reason(), Map.of(invalid.field(), List.of(invalid.message())));
        }
        if (!pending().consume(token)) {
            return invalidToken(method, attempt.request(), "login_token_used");
        }
        if (result instanceof StepResult.Refuse refuse) {
            return refused(method, attempt.request(), refuse);
        }
        OneTimeSecret secret = counted.get();
        return result instanceof StepResult.Challenge challenge
                ? challenged(attempt, step, challenge, user.get(), secret.expires(), secret.attemptsLeft())
                : proceed(attempt.withCompleted(step.name()), user.get(), secret.expires());
    }

    /** Runs all steps but the completed ones, so that a change of the steps cannot skip one, and issues the credential. */
    private Outcome proceed(LoginAttempt attempt, StoredUser user, Instant deadline) {
        CredentialIssuer issuer = issuer(attempt.issuer());
        if (!user.user().isActive()) {
            return refused(issuer.method(), attempt.request(), new StepResult.Refuse("inactive_user", null));
        }
        for (LoginStep step : steps) {
            if (step instanceof ChallengeStep asking && attempt.completed().contains(asking.name())) {
                continue;
            }
            StepResult result = step.after(attempt, user);
            if (result instanceof StepResult.Refuse refuse) {
                return refused(issuer.method(), attempt.request(), refuse);
            }
            if (result instanceof StepResult.Challenge challenge && step instanceof ChallengeStep asking) {
                return challenged(attempt, asking, challenge, user, deadline, maxAttempts);
            }
            if (result != StepResult.proceed()) {
                throw new IllegalStateException(
                        step + " must not return " + result + " here: a challenge needs a ChallengeStep");
            }
        }
        AuthResponse response = issuer.issue(attempt, user);
        listener.on(new AuthEvent.LoggedIn(
                clock.instant(),
                issuer.method(),
                user.user().id(),
                attempt.request().remoteAddress()));
        issuer.unrecognized(attempt.request())
                .ifPresent(reason -> listener.on(new AuthEvent.SessionUnrecognized(
                        clock.instant(),
                        reason,
                        user.user().id(),
                        attempt.request().remoteAddress())));
        return new Outcome.LoggedIn(response);
    }

    private Outcome challenged(
            LoginAttempt attempt,
            ChallengeStep step,
            StepResult.Challenge challenge,
            StoredUser user,
            Instant deadline,
            int attemptsLeft) {
        PendingLogin login = new PendingLogin(attempt, step.name(), challenge.state());
        String token = pending().add(login, user, deadline, attemptsLeft);
        return new Outcome.Challenged(
                challenge.kind(), token, Duration.between(clock.instant(), deadline), challenge.members());
    }

    private Outcome refused(String method, AuthRequest request, StepResult.Refuse refuse) {
        report(method, request, refuse.reason());
        return new Outcome.Refused(refuse.reason(), refuse.detail());
    }

    private Outcome invalidToken(String method, AuthRequest request, String reason) {
        return invalid(method, request, reason, Map.of(TOKEN_FIELD, List.of("Invalid or expired token.")));
    }

    private Outcome invalid(String method, AuthRequest request, String reason, Map<String, List<String>> errors) {
        report(method, request, reason);
        return new Outcome.Invalid(errors);
    }

    private void report(String method, AuthRequest request, String reason) {
        listener.on(new AuthEvent.LoginFailed(clock.instant(), method, reason, request.remoteAddress()));
    }

    /**
     * Evaluates the request of an attempt before its credentials are looked at. Call this first in a login of your own:
     * issuers of cookies refuse foreign origins, so that another site cannot log a browser in (login CSRF).
     *
     * @throws DeniedException if the issuer refuses the request
     * @throws IllegalArgumentException if the attempt selects an unknown issuer
     */
    public void requireAccepted(LoginAttempt attempt) {
        requireAccepted(issuer(attempt.issuer()), attempt.request());
    }

    private static void requireAccepted(CredentialIssuer issuer, AuthRequest request) {
        Optional<Denial> denial = issuer.refuse(request);
        if (denial.isPresent()) {
            throw new DeniedException(denial.get());
        }
    }

    /** Returns whether a step can interrupt a login. */
    public boolean canChallenge() {
        return pending != null;
    }

    private CredentialIssuer issuer(String name) {
        @Nullable CredentialIssuer issuer = issuers.get(name);
        if (issuer == null) {
            throw new IllegalArgumentException(
                    "no credential issuer is named " + name + ": use one of " + issuers.keySet());
        }
        return issuer;
    }

    private Optional<ChallengeStep> stepOf(PendingLogin login) {
        return steps.stream()
                .filter(ChallengeStep.class::isInstance)
                .map(ChallengeStep.class::cast)
                .filter(step -> step.name().equals(login.step()))
                .findFirst();
    }

    private PendingLogins pending() {
        return Objects.requireNonNull(pending, "pending");
    }

    @Override
    public String toString() {
        return "LoginFlow[" + steps.size() + " steps, " + issuers.keySet() + "]";
    }

    /** Collects the settings. Not safe for use by several threads. */
    public static final class Builder {

        private final UserStore users;
        private final List<LoginStep> steps = new ArrayList<>();
        private final Map<String, CredentialIssuer> issuers = new LinkedHashMap<>();
        private @Nullable String defaultIssuer;
        private @Nullable OneTimeStore pending;
        private Duration lifetime = Duration.ofMinutes(10);
        private int maxAttempts = 5;
        private ErrorFormat errors = ErrorFormat.DRF;
        private AuthListener listener = AuthListener.logging();
        private Clock clock = Clock.systemUTC();

        private Builder(UserStore users) {
            this.users = Objects.requireNonNull(users, "users");
        }

        /**
         * Adds steps after those added before.
         */
        public Builder steps(List<? extends LoginStep> values) {
            steps.addAll(values);
            return this;
        }

        /**
         * Adds an issuer.
         *
         * @param value the issuer; the first one is the default
         * @throws IllegalArgumentException if its name is taken
         */
        public Builder issuer(CredentialIssuer value) {
            if (issuers.putIfAbsent(value.name(), value) != null) {
                throw new IllegalArgumentException("two credential issuers are named " + value.name());
            }
            return this;
        }

        /**
         * Sets the issuer of logins that select none.
         *
         * @param name the name of an issuer; the first one added by default
         */
        public Builder defaultIssuer(String name) {
            defaultIssuer = Objects.requireNonNull(name, "defaultIssuer");
            return this;
        }

        /**
         * Sets where pending logins are stored.
         *
         * @param store the store; required if a step is a {@link ChallengeStep}
         */
        public Builder oneTime(OneTimeStore store) {
            pending = Objects.requireNonNull(store, "oneTime");
            return this;
        }

        /**
         * Sets how long a login may be pending, counted from its first challenge, and how often each challenge may be
         * attempted.
         *
         * @param maxAge 10 minutes by default
         * @param attempts 5 by default
         * @throws IllegalArgumentException if one is not positive
         */
        public Builder pendingLogins(Duration maxAge, int attempts) {
            if (maxAge.isNegative() || maxAge.isZero() || attempts < 1) {
                throw new IllegalArgumentException(
                        "pendingLogins needs a positive age and attempts, not " + maxAge + " and " + attempts);
            }
            lifetime = maxAge;
            maxAttempts = attempts;
            return this;
        }

        /**
         * Sets the form of refusals.
         *
         * @param value as DRF by default
         */
        public Builder errors(ErrorFormat value) {
            errors = Objects.requireNonNull(value, "errors");
            return this;
        }

        /**
         * Sets the event listener.
         *
         * @param value the logging listener by default
         */
        public Builder listener(AuthListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param value the system clock by default
         */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Returns the flow.
         *
         * @return the flow
         * @throws IllegalStateException if a step can challenge without a store, or two such steps share a name
         * @throws IllegalArgumentException if no issuer has the default's name
         */
        public LoginFlow build() {
            Set<String> names = new HashSet<>();
            for (LoginStep step : steps) {
                if (step instanceof ChallengeStep asking && !names.add(asking.name())) {
                    throw new IllegalStateException("two login steps are named " + asking.name());
                }
            }
            if (names.isEmpty()) {
                pending = null;
            } else if (pending == null) {
                throw new IllegalStateException(
                        "the login steps " + names + " can interrupt a login, and no OneTimeStore "
                                + "stores pending logins: call .oneTimeSecrets(store) on the builder, with "
                                + "new InMemoryStores().oneTimeSecrets() on a single server");
            }
            if (defaultIssuer == null && !issuers.isEmpty()) {
                defaultIssuer = issuers.keySet().iterator().next();
            }
            if (defaultIssuer != null && !issuers.containsKey(defaultIssuer)) {
                throw new IllegalArgumentException("no credential issuer is named " + defaultIssuer
                        + ": set the default issuer to one of " + issuers.keySet());
            }
            return new LoginFlow(this);
        }
    }

    /** The outcome of a login, or of a request that completes a challenge. */
    public sealed interface Outcome {

        /**
         * The user is logged in.
         *
         * @param response the response with the credential
         */
        record LoggedIn(AuthResponse response) implements Outcome {

            /** Returns the {@code Set-Cookie} values of the response, for a login that sends a response of its own. */
            public List<String> cookies() {
                return response.headers().getOrDefault("Set-Cookie", List.of());
            }

            @Override
            public String toString() {
                return "LoggedIn[***]";
            }
        }

        /**
         * No credential was issued, and the login cannot be continued.
         *
         * @param reason a stable code in snake case
         * @param detail one sentence for the client; null if the client must not learn the reason
         */
        record Refused(String reason, @Nullable String detail) implements Outcome {}

        /**
         * The user has to complete a challenge first.
         *
         * @param kind what is asked for
         * @param token the one-time token that continues this login
         * @param expiresIn for how long the token is valid
         * @param members further members that describe the challenge
         */
        record Challenged(String kind, String token, Duration expiresIn, Map<String, Object> members)
                implements Outcome {
            @Override
            public String toString() {
                return "Challenged[" + kind + ", ***]";
            }
        }

        /**
         * What the client sent does not complete the challenge; it may try again while attempts are left.
         *
         * @param errors messages by field
         */
        record Invalid(Map<String, List<String>> errors) implements Outcome {}
    }
}
