package io.postern.auth.oidc;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Fetches the keys of one issuer, after the discovery document if no JWK Set URI is configured. */
final class KeyFetcher {

    private final TrustedIssuer issuer;
    private final JsonClient client;

    KeyFetcher(TrustedIssuer issuer) {
        this.issuer = issuer;
        this.client = new JsonClient(issuer.fetching());
    }

    CompletableFuture<JwkSet> fetch() {
        return jwkSetUri().thenCompose(client::get).thenApply(json -> JwkSet.of(json, issuer.algorithms()));
    }

    private CompletableFuture<URI> jwkSetUri() {
        return issuer.jwkSetUri()
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> client.get(Urls.discovery(issuer.issuer())).thenApply(this::discovered));
    }

    private URI discovered(Map<String, Object> document) {
        if (!issuer.issuer().equals(document.get("issuer"))) {
            throw new IllegalArgumentException("the discovery document is that of another issuer");
        }
        if (!(document.get("jwks_uri") instanceof String jwksUri)) {
            throw new IllegalArgumentException("the discovery document has no jwks_uri");
        }
        URI uri = Urls.requireFetchable(Urls.parse(jwksUri), issuer.allowsInsecureHttp());
        return Urls.requireOutside(uri, Urls.discovery(issuer.issuer()), issuer.allowsInsecureHttp());
    }
}
