package io.postern.samples;

import io.postern.Components;
import io.postern.Extension;
import io.postern.auth.AuthResponse;
import java.util.Map;
import java.util.Set;

// sample: extension
/** Adds guest passes: an endpoint issues them, an authenticator reads them, and expired ones are deleted. */
final class Guests implements Extension {

    @Override
    public void start(Components components, Registry registry) {
        GuestPasses passes = new GuestPasses(components.clock());
        registry.service(passes)
                .authenticators(passes)
                .endpoints(all -> all.addOpen(
                        "/guest/", Set.of("POST"), request -> AuthResponse.json(200, Map.of("pass", passes.issue()))))
                .expiryJob(passes::deleteExpired);
    }
}
// end
