package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.endpoint.LoginForm;
import io.postern.auth.refresh.JwtTokens;
import io.postern.auth.refresh.TokenPair;
import io.postern.auth.user.Device;
import io.postern.auth.user.StoredUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Name and password for signed tokens, and maybe a {@code device} to know the login by (drf-contract VW-1, VW-5, VF-1,
 * VF-2).
 */
record CreateJwt(LoginForm form, Challenge challenge, Issue issue) implements Endpoint {

    /** What a known user gets. */
    @FunctionalInterface
    interface Issue {
        AuthResponse to(AuthRequest client, StoredUser account, Device device);
    }

    static CreateJwt pair(LoginForm form, Challenge challenge, JwtTokens tokens) {
        return new CreateJwt(
                form,
                challenge,
                (client, account, device) -> AuthResponse.json(200, body(tokens.issue(account, device))));
    }

    static CreateJwt sliding(LoginForm form, Challenge challenge, JwtTokens tokens) {
        return new CreateJwt(
                form,
                challenge,
                (client, account, device) ->
                        AuthResponse.json(200, Map.of("token", tokens.issueSliding(account, device))));
    }

    static Endpoint inCookies(LoginForm form, Challenge challenge, CookieTransport transport) {
        CreateJwt create = new CreateJwt(
                form,
                challenge,
                (client, account, device) ->
                        transport.welcome(client, transport.tokens().issue(account, device)));
        return request -> {
            transport.requireOwnPage(request.request());
            return create.handle(request);
        };
    }

    @Override
    public AuthResponse handle(EndpointRequest request) {
        Denial denial = Denial.of(401, "No active account found with the given credentials", "no_active_account")
                .withChallenges(List.of(challenge));
        AuthResponse refusal = form.body().errors().of(denial);
        return form.answer(request, "jwt", LoginForm.Trim.BOTH, refusal, (account, fields) -> {
            Device device = Device.of(request.request(), fields.optional("device"));
            return issue.to(request.request(), account, device);
        });
    }

    private static Map<String, Object> body(TokenPair pair) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("refresh", pair.refresh());
        body.put("access", pair.access());
        return body;
    }
}
