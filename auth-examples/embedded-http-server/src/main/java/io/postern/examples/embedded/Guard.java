package io.postern.examples.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import io.postern.auth.Verdict;
import io.postern.auth.endpoint.EndpointRequest;
import java.io.IOException;
import java.util.function.Function;

/** Puts Postern before a handler. It is told who calls: the attributes of an exchange are shared by all exchanges. */
record Guard(Postern postern, Function<Authentication, AuthResponse> handler) implements HttpHandler {

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            write(exchange, answer(new ExchangeRequest(exchange)));
        }
    }

    private AuthResponse answer(ExchangeRequest request) throws IOException {
        try {
            if (request.path().startsWith("/auth/")) {
                byte[] body = request.exchange().getRequestBody().readNBytes(postern.maxBody() + 1);
                return postern.endpoints()
                        .handle(new EndpointRequest(request, request.path().substring(5), body));
            }
            Verdict verdict = postern.gate().check(request, postern.policyFor(request));
            return verdict instanceof Verdict.Granted granted
                    ? handler.apply(granted.authentication())
                    : postern.response(((Verdict.Denied) verdict).denial());
        } catch (RuntimeException e) {
            System.getLogger("guard").log(System.Logger.Level.ERROR, "a handler failed", e);
            return postern.response(Denial.of(500, "A server error occurred.", "error"));
        }
    }

    private static void write(HttpExchange exchange, AuthResponse response) throws IOException {
        exchange.getResponseHeaders().putAll(response.headers());
        byte[] body = exchange.getRequestMethod().equals("HEAD") ? new byte[0] : response.body();
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
