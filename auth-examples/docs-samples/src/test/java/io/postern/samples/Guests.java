package io.postern.samples;

import io.postern.AuthenticatorFactory.Components;
import io.postern.Extension;
import io.postern.auth.AuthResponse;
import java.util.Map;

// sample: extension
/** Adds guest passes: an endpoint issues them, an authenticator reads them, and expired ones are deleted. */
final class Guests implements Extension {

    @Override
    public void start(Components components, Registry registry) {
        GuestPasses passes = new GuestPasses(components.clock());
        registry.service(passes)
                .authenticators(passes)
                .endpoints(all -> all.addPublic(
                        "/guest/",
                        methods -> methods.post(request -> AuthResponse.json(200, Map.of("pass", passes.issue())))))
                .expiryJob(passes::deleteExpired);
    }
}
// end
