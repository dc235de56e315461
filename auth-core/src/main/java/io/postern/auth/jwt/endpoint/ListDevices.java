package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Paging;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the devices on which the authenticated user is logged in. */
record ListDevices(JwtTokens tokens) implements Endpoint {

    private static final int LIMIT = 1_000;

    @Override
    public AuthResponse handle(EndpointRequest request) {
        String current = familyOf(request);
        List<Map<String, Object>> devices =
                tokens.families(request.authentication().user().id(), Paging.first(LIMIT)).stream()
                        .map(family -> describe(family, current))
                        .toList();
        return AuthResponse.json(200, Map.of("devices", devices));
    }

    static String familyOf(EndpointRequest request) {
        return request.authentication()
                .credential(VerifiedJwt.class)
                .map(VerifiedJwt::familyId)
                .orElse("");
    }

    private static Map<String, Object> describe(TokenFamily family, String current) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", family.id());
        json.put("label", family.device().label());
        json.put("created", family.created().toString());
        json.put("last_refreshed", family.lastRefreshed().toString());
        json.put("expires", family.expires().toString());
        json.put("address", family.device().address());
        json.put("user_agent", family.device().userAgent());
        json.put("current", family.id().equals(current));
        return json;
    }
}
