package io.postern;

import io.postern.auth.Gate;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.ErrorResponses;
import io.postern.auth.event.AuthListener;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.refresh.RefreshTokens;
import io.postern.auth.refresh.RefreshTokensBuilder;
import io.postern.auth.revocation.Revocations;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.token.Tokens;
import java.time.Duration;
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
        requireKeys();
        Parts parts = parts();
        Kitchen kitchen = new Kitchen(parts);
        Policy defaultPolicy = kitchen.policy(
                from.byDefault,
                new Policy(List.of(), from.byDefault.permissions().orElseThrow(), List.of()));
        Map<String, Policy> policies = new LinkedHashMap<>();
        from.places.forEach((pattern, place) -> policies.put(pattern, kitchen.policy(place, defaultPolicy)));
        Gate built = builtGate();
        ErrorResponses errors = new ErrorResponses(from.errorFormat.orElseGet(from.preset::errorFormat));
        return new Postern(
                built,
                defaultPolicy,
                new PathRules(defaultPolicy, policies),
                kitchen,
                builtEndpoints(parts, built, errors),
                errors);
    }

    private void requireDefaults() {
        if (from.byDefault.recipes().isEmpty()) {
            throw new IllegalStateException("no authenticator: add .authenticators(basic(), …)");
        }
        if (from.byDefault.permissions().isEmpty()) {
            throw new IllegalStateException("no default permission: add .permission(isAuthenticated()); "
                    + "nothing is open by accident, so spell .permission(allowAny()) if you mean it");
        }
    }

    private void requireKeys() {
        boolean forJwt = from.stores.refresh != null || from.stores.revocation != null || from.jwtCookies != null;
        if (forJwt && from.keys == null) {
            throw new IllegalStateException(
                    "refreshTokens, revocations and jwtCookies are for signed tokens: add .jwt(KeyRing.of(key))");
        }
        if (from.jwtCookies != null && (from.stores.users == null || (from.keys != null && !from.keys.canSign()))) {
            throw new IllegalStateException(
                    "jwtCookies hands tokens out: add .users(userStore), and a key that signs to .jwt(…)");
        }
    }

    private Gate builtGate() {
        Gate.Builder builder = Gate.builder()
                .view(from.proxies::view)
                .listeners(from.listeners)
                .clock(from.clock);
        from.preset.apply(builder);
        return from.gate.apply(builder).build();
    }

    private Parts parts() {
        Csrf.Builder proof = Csrf.builder();
        from.preset.apply(proof);
        JwtSettings jwt = builtJwt();
        Revocations revocations = revocations(jwt);
        return new Parts(
                from.stores.users,
                sessions(),
                login(),
                builtTokens(),
                jwt,
                refreshTokens(jwt, revocations),
                revocations,
                from.jwtCookies,
                from.csrf.apply(proof).build(),
                from.clock);
    }

    private @Nullable SessionLogin sessions() {
        if (from.stores.users == null) {
            return null;
        }
        return from.stores.sessions == null
                ? new SessionLogin(from.stores.users)
                : new SessionLogin(
                        from.stores.users,
                        from.stores.sessions,
                        from.sessionSettings.apply(from.preset.sessionSettings()),
                        from.clock);
    }

    private @Nullable Revocations revocations(@Nullable JwtSettings jwt) {
        if (from.stores.revocation == null || jwt == null) {
            return null;
        }
        Revocations.Builder builder = Revocations.builder(from.stores.revocation)
                .longestAccessLifetime(longestOf(jwt).plus(jwt.leeway()))
                .clock(from.clock);
        return from.revocationSettings.apply(builder).build();
    }

    private static Duration longestOf(JwtSettings jwt) {
        Duration access = jwt.lifetimes().access();
        Duration sliding = jwt.lifetimes().sliding();
        return access.compareTo(sliding) >= 0 ? access : sliding;
    }

    private @Nullable RefreshTokens refreshTokens(@Nullable JwtSettings jwt, @Nullable Revocations revocations) {
        if (from.stores.users == null || jwt == null || !jwt.keys().canSign()) {
            return null;
        }
        RefreshTokensBuilder builder = RefreshTokens.builder(jwt, from.stores.users)
                .settings(from.refreshSettings.apply(from.preset.refreshSettings(from.stores.refresh != null)))
                .listener(AuthListener.all(from.listeners))
                .clock(from.clock);
        if (from.stores.refresh != null) {
            builder.store(from.stores.refresh);
        }
        if (revocations != null) {
            AccessRevocations reaching = new AccessRevocations(revocations, jwt);
            builder.ends(reaching).revoked(reaching);
        }
        return builder.build();
    }

    private @Nullable PasswordLogin login() {
        if (from.stores.users == null) {
            return null;
        }
        PasswordLogin.Builder builder = PasswordLogin.builder(from.stores.users)
                .listener(AuthListener.all(from.listeners))
                .clock(from.clock);
        from.preset.apply(builder);
        return from.passwords.apply(builder).build();
    }

    private @Nullable Tokens builtTokens() {
        return from.stores.tokens == null
                ? null
                : from.tokenSettings
                        .apply(Tokens.builder(from.stores.tokens)
                                .listeners(from.listeners)
                                .clock(from.clock))
                        .build();
    }

    private @Nullable JwtSettings builtJwt() {
        if (from.keys == null) {
            return null;
        }
        JwtSettings.Builder builder = JwtSettings.builder(from.keys);
        from.preset.apply(builder);
        return from.jwtSettings.apply(builder).build();
    }

    private Endpoints builtEndpoints(Parts parts, Gate built, ErrorResponses errors) {
        Endpoints.Builder builder = Endpoints.builder(built, errors, from.bodyLimits.orElseGet(from.preset::bodyLimits))
                .events(AuthListener.all(from.listeners), from.clock)
                .throttles(from.endpointThrottles);
        if (parts.hasUsers()) {
            builder.session(parts.login(), parts.sessions(), parts.csrf());
            if (parts.hasTokens()) {
                builder.token(parts.login(), parts.tokens());
            }
            if (parts.canIssueJwt()) {
                addJwt(builder, parts);
                builder.keys(parts.jwt().keys());
            }
            if (parts.canIssueJwt() && from.stores.refresh != null) {
                builder.devices(new Recipes.Jwt().make(parts), parts.refreshTokens());
            }
        }
        return from.endpoints.apply(builder).build();
    }

    private void addJwt(Endpoints.Builder builder, Parts parts) {
        if (from.jwtCookies == null) {
            builder.jwt(parts.login(), parts.jwt(), parts.refreshTokens());
        } else {
            builder.jwtInCookies(parts.login(), parts.jwt(), parts.refreshTokens(), from.jwtCookies, parts.csrf());
        }
    }
}
