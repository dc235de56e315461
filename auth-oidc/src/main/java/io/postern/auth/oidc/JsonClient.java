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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches JSON objects within limits of time and size; does not follow redirects. */
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
        Duration limit = bounds.maxExchange();
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(limit)
                .header("Accept", "application/json, application/jwk-set+json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, head -> new BoundedBody(fault(head), bounds.maxAnswer()));
        return withinTime(exchange, limit).thenApply(response -> JsonReader.readObject(response.body(), LIMITS));
    }

    /** The timeout of the request covers the head of the response only; the body may arrive byte by byte. */
    private static <T> CompletableFuture<T> withinTime(CompletableFuture<T> exchange, Duration limit) {
        return exchange.copy()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        exchange.cancel(true);
                    }
                });
    }

    private static @Nullable String fault(ResponseInfo head) {
        if (head.statusCode() != 200) {
            return "the response has status " + head.statusCode();
        }
        boolean json = head.headers()
                .firstValue("Content-Type")
                .flatMap(MediaType::parse)
                .filter(JsonClient::isJson)
                .isPresent();
        return json ? null : "the response is not JSON by its Content-Type";
    }

    private static boolean isJson(MediaType type) {
        return type.isUtf8() && (type.is("application/json") || type.is("application/jwk-set+json"));
    }
}
