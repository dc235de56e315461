package io.postern;

import io.postern.AuthenticatorFactory.Components;
import io.postern.Postern.PolicySpec;
import io.postern.auth.Authenticator;
import io.postern.auth.Gate;
import io.postern.auth.Permission;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.event.AuthListener;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.login.LoginStep;
import io.postern.auth.login.internal.LoginEndpoint;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.session.SessionStore;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.TokenAuthenticator;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.UserStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds the components of a {@link PosternBuilder} in the order of their dependencies. */
final class Assembly {

    private final PosternBuilder from;
    private final AuthListener listener;
    private final ErrorFormat errors;

    Assembly(PosternBuilder from) {
        this.from = from;
        this.listener = AuthListener.all(from.listeners);
        this.errors = Objects.requireNonNullElseGet(from.errorFormat, from.preset::errorFormat);
    }

    Postern build() {
        List<Permission> permissions = requirePermissions();
        from.stores.check();
        Components components = components();
        if (from.jwtKeys != null) {
            components.start(new JwtAssembly(from, from.jwtKeys, components).build());
        }
        Extension.Registry contributed = startExtensions(components);
        startLogins(components, contributed);
        Policies policies = new Policies(components);
        Policy defaultPolicy = policies.createShared(
                requireAuthenticators(contributed.defaultPolicy()), new Policy(List.of(), permissions, List.of()));
        Map<String, Policy> byPath = new LinkedHashMap<>();
        from.policies().forEach((pattern, spec) -> byPath.put(pattern, policies.createShared(spec, defaultPolicy)));
        Gate gate = gate();
        PathRules rules = new PathRules(defaultPolicy, byPath);
        Endpoints endpoints = endpoints(policies, contributed);
        Guard guard = new Guard(gate, from.proxies::view, rules, endpoints, errors, listener, from.clock);
        return new Postern(guard, gate, defaultPolicy, rules, policies, endpoints, errors);
    }

    private List<Permission> requirePermissions() {
        List<Permission> permissions = from.defaultPolicy.permissions();
        if (permissions == null || permissions.isEmpty()) {
            throw new IllegalStateException(
                    "No default permission configured: call .permissions(isAuthenticated()), or "
                            + ".permissions(allowAny()) if everything is to be public");
        }
        return permissions;
    }

    private static PolicySpec requireAuthenticators(PolicySpec spec) {
        List<Policy.AuthenticatorSource> authenticators = spec.authenticators();
        if (authenticators == null || authenticators.isEmpty()) {
            throw new IllegalStateException("No authenticator configured: call .authenticators(basic(), …)");
        }
        return spec;
    }

    private Extension.Registry startExtensions(Components components) {
        Extension.Registry registry = new Extension.Registry(from.defaultPolicy);
        from.extensions.forEach(extension -> extension.start(components, registry));
        components.start(registry);
        return registry;
    }

    private void startLogins(Components components, Extension.Registry contributed) {
        List<LoginStep> steps = new ArrayList<>(from.loginSteps);
        steps.addAll(contributed.loginSteps());
        UserStore users = from.stores.find(UserStore.class).orElse(null);
        if (users != null) {
            components.start(loginFlow(components, users, steps, contributed));
        } else if (!steps.isEmpty() || !contributed.credentialIssuers().isEmpty()) {
            throw new IllegalStateException((steps.isEmpty() ? "credential issuers" : "login steps")
                    + " without users: call .users(userStore) on the builder");
        }
    }

    private LoginFlow loginFlow(
            Components components, UserStore users, List<LoginStep> steps, Extension.Registry contributed) {
        LoginFlow.Builder flow = LoginFlow.builder(users)
                .steps(steps)
                .errors(errors)
                .listener(listener)
                .clock(from.clock);
        from.stores.find(OneTimeStore.class).ifPresent(flow::oneTime);
        JwtService jwt = components.jwtService();
        if (jwt != null) {
            jwt.issuers().forEach(flow::issuer);
        }
        CredentialIssuer session = CredentialIssuer.session(components.sessions(), components.csrf());
        if (!components.hasTokens()) {
            flow.issuer(session);
        } else {
            CredentialIssuer token = CredentialIssuer.token(components.tokens(), users);
            boolean wanted = wantsTokens(contributed.defaultPolicy());
            flow.issuer(wanted ? token : session).issuer(wanted ? session : token);
        }
        contributed.credentialIssuers().forEach(flow::issuer);
        return from.logins.apply(flow).build();
    }

    private Gate gate() {
        Gate.Builder builder = Gate.builder();
        from.preset.apply(builder);
        return from.gate.apply(builder).build();
    }

    private Components components() {
        Csrf.Builder csrf = Csrf.builder();
        from.preset.apply(csrf);
        UserStore users = from.stores.find(UserStore.class).orElse(null);
        return new Components(
                from.preset,
                from.clock,
                listener,
                from.csrf.apply(csrf).build(),
                from.stores,
                users == null ? null : sessions(users),
                users == null ? null : login(users),
                tokens());
    }

    private SessionLogin sessions(UserStore users) {
        return from.stores
                .find(SessionStore.class)
                .map(store -> new SessionLogin(
                        users, store, from.sessionSettings.apply(from.preset.sessionSettings()), from.clock))
                .orElseGet(() -> new SessionLogin(users));
    }

    private PasswordLogin login(UserStore users) {
        PasswordLogin.Builder builder =
                PasswordLogin.builder(users).listener(listener).clock(from.clock);
        from.preset.apply(builder);
        return from.passwords.apply(builder).build();
    }

    private @Nullable ApiTokens tokens() {
        TokenStore tokens = from.stores.find(TokenStore.class).orElse(null);
        return tokens == null
                ? null
                : from.tokenSettings
                        .apply(ApiTokens.builder(tokens).listener(listener).clock(from.clock))
                        .build();
    }

    /** A bundle has a token store whether or not the application wants tokens, which then must not be the default credential. */
    private boolean wantsTokens(PolicySpec defaultPolicy) {
        return from.stores.isNeeded(TokenStore.class)
                || readsTokens(defaultPolicy)
                || from.policies().values().stream().anyMatch(Assembly::readsTokens);
    }

    private static boolean readsTokens(PolicySpec spec) {
        List<Policy.AuthenticatorSource> sources = spec.authenticators();
        return sources != null
                && sources.stream()
                        .anyMatch(source -> StandardAuthenticators.isToken(source)
                                || (source instanceof TokenAuthenticator authenticator
                                        && isInAuthorization(authenticator)));
    }

    private static boolean isInAuthorization(Authenticator authenticator) {
        return authenticator.credentialHeaders().contains("Authorization");
    }

    /**
     * A bundle has a token store whether or not the application wants tokens, and an API key is not to be had for a
     * password.
     */
    private boolean hasTokenEndpoint(Policies policies) {
        return from.stores.isNeeded(TokenStore.class)
                || policies.authenticators().stream()
                        .anyMatch(authenticator ->
                                authenticator instanceof TokenAuthenticator && isInAuthorization(authenticator));
    }

    private static void addLogins(Endpoints.Builder builder, Components components, boolean tokenEndpoint) {
        LoginFlow flow = components.loginFlow();
        PasswordLogin passwords = components.login();
        builder.addPublic(
                "/session/login/",
                methods -> methods.post(LoginEndpoint.session(builder.errorFormat(), passwords, flow)));
        builder.session(components.sessions(), components.csrf());
        if (tokenEndpoint) {
            builder.addPublic(
                    "/token/", methods -> methods.post(LoginEndpoint.token(builder.errorFormat(), passwords, flow)));
        }
        if (flow.canChallenge()) {
            builder.addPublic("/login/continue/", methods -> methods.post(LoginEndpoint.resume(flow)));
        }
        JwtService jwt = components.jwtService();
        if (jwt != null) {
            jwt.addTo(builder, flow);
        }
    }

    private Endpoints endpoints(Policies policies, Extension.Registry contributed) {
        Endpoints.Builder builder = Endpoints.builder(
                errors,
                Objects.requireNonNullElseGet(from.bodyLimits, from.preset::bodyLimits),
                policies.throttles(from.endpointThrottles),
                listener,
                from.clock);
        if (policies.components().hasUsers()) {
            addLogins(builder, policies.components(), hasTokenEndpoint(policies));
        }
        return from.endpoints.apply(contributed.endpoints().apply(builder)).build();
    }
}
