package io.postern.samples;

import io.postern.Extension;
import io.postern.auth.AuthResponse;
import io.postern.auth.endpoint.Endpoints;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

// sample: extension
/** Lets guests in: an endpoint hands out passes, and those that have expired are purged. */
record Guests(GuestPasses passes) implements Extension.Service {

    @Override
    public void addTo(Endpoints.Builder endpoints) {
        endpoints.addPublic(
                "/guest/", methods -> methods.post(request -> AuthResponse.json(200, Map.of("pass", passes.issue()))));
    }

    @Override
    public List<IntUnaryOperator> expiryJobs() {
        return List.of(passes::deleteExpired);
    }
}
// end
