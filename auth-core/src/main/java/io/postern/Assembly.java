package io.postern;

import io.postern.auth.Gate;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.ErrorResponses;
import io.postern.auth.event.AuthListener;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginEndpoint;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.user.UserStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a {@link PosternBuilder} together, in the order in which they need each other. */
final class Assembly {

    private final PosternBuilder from;

    Assembly(PosternBuilder from) {
        this.from = from;
    }

    Postern build() {
        requireDefaults();
        Components parts = parts();
        AuthenticatorRegistry kitchen = new AuthenticatorRegistry(parts);
        Policy defaultPolicy = kitchen.kept(
                from.byDefault,
                new Policy(List.of(), from.byDefault.permissions().orElseThrow(), List.of()));
        Map<String, Policy> policies = new LinkedHashMap<>();
        from.places.forEach((pattern, place) -> policies.put(pattern, kitchen.kept(place, defaultPolicy)));
        Gate built = builtGate();
        ErrorResponses errors = errors();
        return new Postern(
                built,
                defaultPolicy,
                new PathRules(defaultPolicy, policies),
                kitchen,
                builtEndpoints(parts, built, errors),
                errors);
    }

    private void requireDefaults() {
        if (from.byDefault.factories().isEmpty()) {
            throw new IllegalStateException("no authenticator: add .authenticators(basic(), …)");
        }
        if (from.byDefault.permissions().isEmpty()) {
            throw new IllegalStateException("no default permission: add .permission(isAuthenticated()); "
                    + "nothing is open by accident, so spell .permission(allowAny()) if you mean it");
        }
    }

    private ErrorResponses errors() {
        return new ErrorResponses(from.errorFormat.orElseGet(from.preset::errorFormat));
    }

    private AuthListener listener() {
        return AuthListener.all(from.listeners.orElseGet(() -> List.of(AuthListener.logging())));
    }

    private Gate builtGate() {
        Gate.Builder builder =
                Gate.builder().view(from.proxies::view).listener(listener()).clock(from.clock);
        from.preset.apply(builder);
        return from.gate.apply(builder).build();
    }

    private Components parts() {
        Csrf.Builder proof = Csrf.builder();
        from.preset.apply(proof);
        Components parts = new Components(
                from.preset,
                from.users,
                sessions(),
                login(),
                builtTokens(),
                from.oneTime,
                from.csrf.apply(proof).build(),
                listener(),
                from.clock);
        if (from.jwtKeys != null) {
            parts = parts.withJwt(new JwtAssembly(from, from.jwtKeys, parts).build());
        }
        for (Extension extension : from.extensions) {
            parts = parts.and(extension.build(parts));
        }
        return from.users == null ? withoutLogins(parts) : parts.withLoginFlow(loginFlow(parts, from.users));
    }

    private Components withoutLogins(Components parts) {
        if (!from.loginSteps.isEmpty()) {
            throw new IllegalStateException("login steps without users: call .users(userStore) on the builder");
        }
        return parts;
    }

    private LoginFlow loginFlow(Components parts, UserStore users) {
        LoginFlow.Builder flow = LoginFlow.builder(users)
                .steps(from.loginSteps)
                .errors(errors())
                .listener(listener())
                .clock(from.clock);
        if (from.oneTime != null) {
            flow.oneTime(from.oneTime);
        }
        parts.jwtService().ifPresent(service -> service.issuers().forEach(flow::issuer));
        if (parts.hasTokens()) {
            flow.issuer(CredentialIssuer.token(parts.tokens(), users));
        }
        flow.issuer(CredentialIssuer.session(parts.sessions(), parts.csrf()));
        return from.logins.apply(flow).build();
    }

    private @Nullable SessionLogin sessions() {
        if (from.users == null) {
            return null;
        }
        return from.sessions == null
                ? new SessionLogin(from.users)
                : new SessionLogin(
                        from.users,
                        from.sessions,
                        from.sessionSettings.apply(from.preset.sessionSettings()),
                        from.clock);
    }

    private @Nullable PasswordLogin login() {
        if (from.users == null) {
            return null;
        }
        PasswordLogin.Builder builder =
                PasswordLogin.builder(from.users).listener(listener()).clock(from.clock);
        from.preset.apply(builder);
        return from.passwords.apply(builder).build();
    }

    private @Nullable ApiTokens builtTokens() {
        return from.tokens == null
                ? null
                : from.tokenSettings
                        .apply(ApiTokens.builder(from.tokens)
                                .listener(listener())
                                .clock(from.clock))
                        .build();
    }

    private static void addLogins(Endpoints.Builder builder, Components parts) {
        LoginFlow flow = parts.loginFlow();
        PasswordLogin passwords = parts.login();
        Set<String> post = Set.of("POST");
        builder.addOpen("/session/login/", post, LoginEndpoint.session(builder.body(), passwords, flow));
        builder.session(parts.sessions(), parts.csrf());
        if (parts.hasTokens()) {
            builder.addOpen("/token/", post, LoginEndpoint.token(builder.body(), passwords, flow));
        }
        if (flow.canChallenge()) {
            builder.addOpen("/login/continue/", post, LoginEndpoint.resume(builder.body(), flow));
        }
        parts.jwtService().ifPresent(service -> service.addTo(builder, flow));
    }

    private Endpoints builtEndpoints(Components parts, Gate built, ErrorResponses errors) {
        Endpoints.Builder builder = Endpoints.builder(built, errors, from.bodyLimits.orElseGet(from.preset::bodyLimits))
                .listener(listener())
                .clock(from.clock)
                .throttles(from.endpointThrottles.orElse(List.of()));
        if (parts.hasUsers()) {
            addLogins(builder, parts);
        }
        parts.services().forEach(service -> service.addTo(builder));
        return from.endpoints.apply(builder).build();
    }
}
