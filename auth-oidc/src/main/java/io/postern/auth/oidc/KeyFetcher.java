package io.postern.auth.oidc;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Fetches the keys of one issuer, if need be after asking where they are. */
final class KeyFetcher {

    private final TrustedIssuer issuer;
    private final JsonClient client;

    KeyFetcher(TrustedIssuer issuer) {
        this.issuer = issuer;
        this.client = new JsonClient(issuer.fetching());
    }

    CompletableFuture<FetchedKeys> fetch() {
        return place().thenCompose(client::get).thenApply(json -> FetchedKeys.of(json, issuer.algorithms()));
    }

    private CompletableFuture<URI> place() {
        return issuer.keysAt()
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> client.get(Urls.discovery(issuer.issuer())).thenApply(this::told));
    }

    private URI told(Map<String, Object> document) {
        if (!issuer.issuer().equals(document.get("issuer"))) {
            throw new IllegalArgumentException("the discovery document is that of another issuer");
        }
        if (!(document.get("jwks_uri") instanceof String text)) {
            throw new IllegalArgumentException("the discovery document has no jwks_uri");
        }
        URI uri = Urls.requireFetchable(Urls.parse(text), issuer.allowsInsecureHttp());
        return Urls.requireOutside(uri, Urls.discovery(issuer.issuer()), issuer.allowsInsecureHttp());
    }
}
