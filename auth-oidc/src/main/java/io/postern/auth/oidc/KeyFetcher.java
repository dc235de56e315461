package io.postern.auth.oidc;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Fetches the keys of one issuer, after the discovery document if no JWK Set URI is configured. */
final class KeyFetcher {

    private final TrustedIssuer issuer;

    KeyFetcher(TrustedIssuer issuer) {
        this.issuer = issuer;
    }

    /**
     * Starts a fetch, on a thread of its own that ends with it and keeps no class loader of the application. Completing the
     * future, for instance by {@code cancel}, ends the fetch.
     */
    CompletableFuture<JwkSet> fetch() {
        JsonClient client = new JsonClient(issuer.fetching());
        CompletableFuture<JwkSet> result = new CompletableFuture<>();
        CompletableFuture<JwkSet> unused = result.whenComplete((keys, failure) -> client.close());
        Thread thread = new Thread(null, () -> fetch(client, result), "postern-keys", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        return result;
    }

    private void fetch(JsonClient client, CompletableFuture<JwkSet> result) {
        try {
            result.complete(JwkSet.of(client.get(jwkSetUri(client)), issuer.algorithms()));
        } catch (IOException | RuntimeException e) {
            result.completeExceptionally(e);
        } finally {
            result.completeExceptionally(new IllegalStateException("the fetch ended by an error of the JVM"));
        }
    }

    private URI jwkSetUri(JsonClient client) throws IOException {
        URI configured = issuer.keysUri();
        return issuer.isDiscovered() ? discovered(client.get(configured), configured) : configured;
    }

    private URI discovered(Map<String, Object> document, URI configured) {
        if (!issuer.issuer().equals(document.get("issuer"))) {
            throw new IllegalArgumentException("the discovery document is that of another issuer");
        }
        if (!(document.get("jwks_uri") instanceof String jwksUri)) {
            throw new IllegalArgumentException("the discovery document has no jwks_uri");
        }
        URI uri = Urls.requireFetchable(Urls.parse(jwksUri), issuer.allowsInsecureHttp());
        return Urls.requireOutside(uri, configured, issuer.allowsInsecureHttp());
    }
}
