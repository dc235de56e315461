package io.postern;

import io.postern.auth.Gate;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.ErrorResponses;
import io.postern.auth.event.AuthListener;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginEndpoint;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.session.SessionStore;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.TokenAuthenticator;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.UserStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a {@link PosternBuilder} together, in the order in which they need each other. */
final class Assembly {

    private final PosternBuilder from;

    Assembly(PosternBuilder from) {
        this.from = from;
    }

    Postern build() {
        requireDefaults();
        from.stores.check();
        Components parts = parts();
        AuthenticatorRegistry kitchen = new AuthenticatorRegistry(parts);
        Policy defaultPolicy = kitchen.kept(
                from.byDefault,
                new Policy(List.of(), from.byDefault.permissions().orElseThrow(), List.of()));
        Map<String, Policy> policies = new LinkedHashMap<>();
        from.places.forEach((pattern, place) -> policies.put(pattern, kitchen.kept(place, defaultPolicy)));
        Gate built = builtGate();
        ErrorResponses errors = errors();
        PathRules rules = new PathRules(defaultPolicy, policies);
        Endpoints endpoints = builtEndpoints(parts, errors, hasTokenEndpoint(kitchen));
        Guard guard = new Guard(built, from.proxies::view, rules, endpoints, errors, listener(), from.clock);
        return new Postern(guard, built, defaultPolicy, rules, kitchen, endpoints, errors);
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
        Gate.Builder builder = Gate.builder();
        from.preset.apply(builder);
        return from.gate.apply(builder).build();
    }

    private Components parts() {
        Csrf.Builder proof = Csrf.builder();
        from.preset.apply(proof);
        Components parts = new Components(
                from.preset,
                from.stores,
                sessions(),
                login(),
                builtTokens(),
                from.csrf.apply(proof).build(),
                listener(),
                from.clock);
        if (from.jwtKeys != null) {
            parts = parts.withJwt(new JwtAssembly(from, from.jwtKeys, parts).build());
        }
        for (Extension extension : from.extensions) {
            parts = parts.and(extension.build(parts));
        }
        UserStore users = from.stores.find(UserStore.class).orElse(null);
        return users == null ? withoutLogins(parts) : parts.withLoginFlow(loginFlow(parts, users));
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
        from.stores.find(OneTimeStore.class).ifPresent(flow::oneTime);
        parts.jwtService().ifPresent(service -> service.issuers().forEach(flow::issuer));
        if (parts.hasTokens()) {
            flow.issuer(CredentialIssuer.token(parts.tokens(), users));
        }
        flow.issuer(CredentialIssuer.session(parts.sessions(), parts.csrf()));
        return from.logins.apply(flow).build();
    }

    private @Nullable SessionLogin sessions() {
        UserStore users = from.stores.find(UserStore.class).orElse(null);
        if (users == null) {
            return null;
        }
        return from.stores
                .find(SessionStore.class)
                .map(store -> new SessionLogin(
                        users, store, from.sessionSettings.apply(from.preset.sessionSettings()), from.clock))
                .orElseGet(() -> new SessionLogin(users));
    }

    private @Nullable PasswordLogin login() {
        UserStore users = from.stores.find(UserStore.class).orElse(null);
        if (users == null) {
            return null;
        }
        PasswordLogin.Builder builder =
                PasswordLogin.builder(users).listener(listener()).clock(from.clock);
        from.preset.apply(builder);
        return from.passwords.apply(builder).build();
    }

    private @Nullable ApiTokens builtTokens() {
        TokenStore tokens = from.stores.find(TokenStore.class).orElse(null);
        return tokens == null
                ? null
                : from.tokenSettings
                        .apply(ApiTokens.builder(tokens).listener(listener()).clock(from.clock))
                        .build();
    }

    /** A bundle has a token store whether or not the application wants tokens. */
    private boolean hasTokenEndpoint(AuthenticatorRegistry authenticators) {
        return from.stores.isNeeded(TokenStore.class)
                || authenticators.authenticators().stream().anyMatch(TokenAuthenticator.class::isInstance);
    }

    private static void addLogins(Endpoints.Builder builder, Components parts, boolean tokenEndpoint) {
        LoginFlow flow = parts.loginFlow();
        PasswordLogin passwords = parts.login();
        builder.addPublic(
                "/session/login/", methods -> methods.post(LoginEndpoint.session(builder.body(), passwords, flow)));
        builder.session(parts.sessions(), parts.csrf());
        if (tokenEndpoint) {
            builder.addPublic("/token/", methods -> methods.post(LoginEndpoint.token(builder.body(), passwords, flow)));
        }
        if (flow.canChallenge()) {
            builder.addPublic("/login/continue/", methods -> methods.post(LoginEndpoint.resume(builder.body(), flow)));
        }
        parts.jwtService().ifPresent(service -> service.addTo(builder, flow));
    }

    private Endpoints builtEndpoints(Components parts, ErrorResponses errors, boolean tokenEndpoint) {
        Endpoints.Builder builder = Endpoints.builder(
                errors,
                from.bodyLimits.orElseGet(from.preset::bodyLimits),
                from.endpointThrottles.orElse(List.of()),
                listener(),
                from.clock);
        if (parts.hasUsers()) {
            addLogins(builder, parts, tokenEndpoint);
        }
        parts.services().forEach(service -> service.addTo(builder));
        return from.endpoints.apply(builder).build();
    }
}
