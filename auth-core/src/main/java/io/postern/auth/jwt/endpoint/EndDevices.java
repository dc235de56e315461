package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.endpoint.EndpointRequest.Fields;
import io.postern.auth.jwt.JwtTokens;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Revokes families of the authenticated user: one, all others, or all. */
record EndDevices(Function<EndpointRequest, AuthResponse> respond) implements Endpoint {

    /** Responds to the id of another user's family as to that of none: 404. */
    static EndDevices one(JwtTokens tokens) {
        return new EndDevices(request -> {
            Fields fields = request.fields();
            String id = fields.required("id", true);
            Optional<AuthResponse> refusal = fields.refusal();
            if (refusal.isPresent()) {
                return refusal.get();
            }
            return tokens.revokeFamily(request.authentication().user().id(), id)
                    ? AuthResponse.empty(204)
                    : request.respond(Denial.notFound());
        });
    }

    static EndDevices others(JwtTokens tokens) {
        return new EndDevices(request -> {
            String user = request.authentication().user().id();
            return ended(tokens.revokeOtherFamilies(user, ListDevices.familyOf(request)));
        });
    }

    static EndDevices all(JwtTokens tokens) {
        return new EndDevices(request ->
                ended(tokens.revokeAllFamilies(request.authentication().user().id())));
    }

    @Override
    public AuthResponse handle(EndpointRequest request) {
        return respond.apply(request);
    }

    private static AuthResponse ended(int count) {
        return AuthResponse.json(200, Map.of("ended", count));
    }
}
