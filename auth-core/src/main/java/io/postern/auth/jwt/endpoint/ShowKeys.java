package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.jwt.KeyRing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The public keys for verifiers of our tokens; caches may store them for five minutes. */
record ShowKeys(KeyRing keys, Clock clock) implements Endpoint {

    private static final Map<String, List<String>> HEADERS = Map.of(
            "Content-Type", List.of("application/jwk-set+json"),
            "Cache-Control", List.of("public, max-age=300"),
            "X-Content-Type-Options", List.of("nosniff"));

    @Override
    public AuthResponse handle(EndpointRequest request) {
        byte[] body = keys.jwks(clock.instant()).getBytes(StandardCharsets.UTF_8);
        return new AuthResponse(200, HEADERS, body);
    }
}
