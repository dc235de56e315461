package io.postern.auth.endpoint;

import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.jwt.JwtIssuer;
import io.postern.auth.jwt.TokenPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Name and password for a pair of signed tokens (drf-contract VW-1, VF-1, VF-2). */
record CreateJwt(LoginForm form, JwtIssuer issuer, Challenge challenge) implements Endpoint {

    @Override
    public EndpointResponse handle(EndpointRequest request) {
        Denial denial = Denial.of(401, "No active account found with the given credentials", "no_active_account")
                .challenges(List.of(challenge));
        return form.answer(request, "jwt", true, form.body().errors().of(denial), user -> {
            TokenPair pair = issuer.pairFor(user);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("refresh", pair.refresh());
            body.put("access", pair.access());
            return EndpointResponse.json(200, body);
        });
    }
}
