package io.postern;

import io.postern.auth.Gate;
import io.postern.auth.Permission;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.ErrorResponses;
import io.postern.auth.event.AuthListener;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.token.ApiTokens;
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

    Assembly(PosternBuilder from) {
        this.from = from;
        this.listener = AuthListener.all(from.listeners);
    }

    Postern build() {
        List<Permission> permissions = requirePermissions();
        Components components = components();
        if (from.jwtKeys != null) {
            components.start(new JwtAssembly(from, from.jwtKeys, components).build());
        }
        Extension.Registry contributed = startExtensions(components);
        Policies policies = new Policies(components);
        Policy defaultPolicy = policies.createShared(
                requireAuthenticators(contributed.defaultPolicy()), new Policy(List.of(), permissions, List.of()));
        Map<String, Policy> byPath = new LinkedHashMap<>();
        from.policies.forEach((pattern, spec) -> byPath.put(pattern, policies.createShared(spec, defaultPolicy)));
        Gate gate = gate();
        ErrorResponses errors =
                new ErrorResponses(Objects.requireNonNullElseGet(from.errorFormat, from.preset::errorFormat));
        List<Extension.ExpiryJob> expiryJobs = new ArrayList<>(components.expiryJobs());
        expiryJobs.addAll(contributed.expiryJobs());
        return new Postern(
                gate,
                defaultPolicy,
                new PathRules(defaultPolicy, byPath),
                policies,
                endpoints(policies, contributed, gate, errors),
                errors,
                new ExpiryRun(expiryJobs));
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
        components.start(registry.services());
        return registry;
    }

    private Gate gate() {
        Gate.Builder builder =
                Gate.builder().view(from.proxies::view).listener(listener).clock(from.clock);
        from.preset.apply(builder);
        return from.gate.apply(builder).build();
    }

    private Components components() {
        Csrf.Builder csrf = Csrf.builder();
        from.preset.apply(csrf);
        return new Components(
                from.preset,
                from.clock,
                listener,
                from.csrf.apply(csrf).build(),
                from.users,
                sessions(),
                login(),
                tokens(),
                from.counters);
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
                PasswordLogin.builder(from.users).listener(listener).clock(from.clock);
        from.preset.apply(builder);
        return from.passwords.apply(builder).build();
    }

    private @Nullable ApiTokens tokens() {
        if (from.tokens == null) {
            return null;
        }
        ApiTokens.Builder builder =
                ApiTokens.builder(from.tokens).listener(listener).clock(from.clock);
        return from.tokenSettings.apply(builder).build();
    }

    private Endpoints endpoints(Policies policies, Extension.Registry contributed, Gate gate, ErrorResponses errors) {
        Components components = policies.components();
        Endpoints.Builder builder = Endpoints.builder(
                        gate, errors, Objects.requireNonNullElseGet(from.bodyLimits, from.preset::bodyLimits))
                .listener(listener)
                .clock(from.clock)
                .throttles(policies.throttles(from.endpointThrottles));
        if (components.hasUsers()) {
            builder.session(components.login(), components.sessions(), components.csrf());
            if (components.hasTokens()) {
                builder.token(components.login(), components.tokens());
            }
        }
        JwtService jwt = components.jwtService();
        if (jwt != null) {
            jwt.addTo(builder);
        }
        return from.endpoints.apply(contributed.endpoints().apply(builder)).build();
    }
}
