package io.postern.examples.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.postern.Guard;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import java.io.IOException;
import java.util.function.Function;

/** Guards a handler. It receives the authentication as a value: exchanges share their attributes with each other. */
record GuardedHandler(Guard guard, Function<Authentication, AuthResponse> handler) implements HttpHandler {

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            AuthResponse response = respond(exchange);
            exchange.getResponseHeaders().putAll(response.headers());
            byte[] body = exchange.getRequestMethod().equals("HEAD") ? new byte[0] : response.body();
            exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private AuthResponse respond(HttpExchange exchange) {
        ExchangeRequest request = new ExchangeRequest(exchange);
        if (request.path().startsWith("/auth/")) {
            return guard.endpoint(request, request.path().substring(5), exchange.getRequestBody());
        }
        Guard.Outcome outcome = guard.enter(request);
        if (outcome instanceof Guard.Respond refused) {
            return refused.response();
        }
        Guard.Entered entered = (Guard.Entered) outcome;
        entered.headers().forEach(exchange.getResponseHeaders()::add);
        try {
            return handler.apply(entered.authentication());
        } catch (RuntimeException e) {
            return guard.failed(entered, e);
        }
    }
}
