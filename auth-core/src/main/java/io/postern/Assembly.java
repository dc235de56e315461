package io.postern;

import io.postern.auth.Gate;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.ErrorResponses;
import io.postern.auth.event.AuthListener;
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
        ErrorResponses errors = new ErrorResponses(from.errorFormat.orElseGet(from.preset::errorFormat));
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
        return parts;
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

    private Endpoints builtEndpoints(Components parts, ErrorResponses errors, boolean tokenEndpoint) {
        Endpoints.Builder builder = Endpoints.builder(
                errors,
                from.bodyLimits.orElseGet(from.preset::bodyLimits),
                from.endpointThrottles.orElse(List.of()),
                listener(),
                from.clock);
        if (parts.hasUsers()) {
            builder.session(parts.login(), parts.sessions(), parts.csrf());
            if (tokenEndpoint) {
                builder.token(parts.login(), parts.tokens());
            }
        }
        parts.jwtService().ifPresent(service -> service.addTo(builder));
        parts.services().forEach(service -> service.addTo(builder));
        return from.endpoints.apply(builder).build();
    }
}
