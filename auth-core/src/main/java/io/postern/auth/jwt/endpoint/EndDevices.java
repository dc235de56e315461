package io.postern.auth.jwt.endpoint;

import io.postern.auth.Denial;
import io.postern.auth.endpoint.Body;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.endpoint.EndpointResponse;
import io.postern.auth.endpoint.TextFields;
import io.postern.auth.refresh.RefreshTokens;
import java.util.Map;
import java.util.function.Function;

/** Ends logins of whoever asks: one, all others, or all. */
record EndDevices(Function<EndpointRequest, EndpointResponse> answer) implements Endpoint {

    /** Somebody else's login is as unknown as one that is over. */
    static EndDevices one(Body body, RefreshTokens tokens) {
        return new EndDevices(request -> {
            Body.Content content = body.read(request);
            if (content instanceof Body.Content.Refused refused) {
                return refused.response();
            }
            TextFields fields = ((Body.Content.Members) content).fields();
            String id = fields.required("id", true);
            if (!fields.errors().isEmpty()) {
                return body.errors().ofFields(fields.errors());
            }
            return tokens.end(request.authentication().user().id(), id)
                    ? EndpointResponse.empty(204)
                    : body.errors().of(Denial.notFound());
        });
    }

    static EndDevices others(RefreshTokens tokens) {
        return new EndDevices(request -> {
            String user = request.authentication().user().id();
            return ended(tokens.endOthers(user, ListDevices.familyOf(request)));
        });
    }

    static EndDevices all(RefreshTokens tokens) {
        return new EndDevices(
                request -> ended(tokens.endAll(request.authentication().user().id())));
    }

    @Override
    public EndpointResponse handle(EndpointRequest request) {
        return answer.apply(request);
    }

    private static EndpointResponse ended(int count) {
        return EndpointResponse.json(200, Map.of("ended", count));
    }
}
