package io.postern.auth.oidc;

import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import io.postern.auth.internal.MediaType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Fetches one JSON object within bounds of time and size; follows no redirect. */
final class JsonClient {

    private static final JsonLimits LIMITS = new JsonLimits(16, 10_000, false);

    private final HttpClient client;
    private final KeyFetching bounds;

    JsonClient(KeyFetching bounds) {
        this.bounds = bounds;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(bounds.connectTimeout())
                .build();
    }

    CompletableFuture<Map<String, Object>> get(URI uri) {
        Duration longest = bounds.maxExchange();
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(longest)
                .header("Accept", "application/json, application/jwk-set+json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, head -> new BoundedBody(fault(head), bounds.maxAnswer()));
        return withinTime(exchange, longest).thenApply(response -> JsonReader.readObject(response.body(), LIMITS));
    }

    /** The request's own time-out ends with the head of the answer; the body may drip. */
    private static <T> CompletableFuture<T> withinTime(CompletableFuture<T> exchange, Duration longest) {
        return exchange.copy()
                .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        exchange.cancel(true);
                    }
                });
    }

    private static Optional<String> fault(ResponseInfo head) {
        if (head.statusCode() != 200) {
            return Optional.of("the answer has status " + head.statusCode());
        }
        boolean json = head.headers()
                .firstValue("Content-Type")
                .flatMap(MediaType::parse)
                .filter(JsonClient::isJson)
                .isPresent();
        return json ? Optional.empty() : Optional.of("the answer is no JSON by its Content-Type");
    }

    private static boolean isJson(MediaType type) {
        return type.isUtf8() && (type.is("application/json") || type.is("application/jwk-set+json"));
    }
}
