package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.endpoint.EndpointRequest.Fields;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.user.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** An endpoint whose body has one field with a token (drf-contract VW-2 to VW-4, VW-6, VF-3, VF-16). */
record TokenForm(String field, BiFunction<String, Device, AuthResponse> respond) implements Endpoint {

    static TokenForm refresh(JwtTokens tokens, JwtResponses responses) {
        return new TokenForm("refresh", (token, device) -> {
            RefreshResult result = tokens.refresh(token, device);
            return result instanceof RefreshResult.Refreshed refreshed
                    ? pair(refreshed)
                    : responses.refused((RefreshResult.Refused) result);
        });
    }

    static TokenForm refreshSliding(JwtTokens tokens, JwtResponses responses) {
        return new TokenForm("token", (token, device) -> {
            RefreshResult result = tokens.refreshSliding(token, device);
            return result instanceof RefreshResult.Refreshed refreshed
                    ? AuthResponse.json(200, Map.of("token", refreshed.access()))
                    : responses.refused((RefreshResult.Refused) result);
        });
    }

    static TokenForm verify(JwtTokens tokens, JwtResponses responses) {
        return new TokenForm("token", (token, device) -> responses.verified(tokens.verify(token)));
    }

    static TokenForm revoke(JwtTokens tokens, JwtResponses responses) {
        return new TokenForm("refresh", (token, device) -> responses.revoked(tokens.revoke(token)));
    }

    @Override
    public AuthResponse handle(EndpointRequest request) {
        Fields fields = request.fields();
        String token = fields.required(field, true);
        return fields.refusal().orElseGet(() -> respond.apply(token, Device.of(request.request(), "")));
    }

    private static AuthResponse pair(RefreshResult.Refreshed refreshed) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("access", refreshed.access());
        refreshed.refresh().ifPresent(token -> json.put("refresh", token));
        return AuthResponse.json(200, json);
    }
}
