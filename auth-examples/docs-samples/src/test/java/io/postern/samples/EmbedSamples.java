package io.postern.samples;

import static io.postern.auth.permission.StandardPermissions.isAdmin;

import com.sun.net.httpserver.HttpExchange;
import io.postern.Guard;
import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.Endpoints;
import java.io.IOException;
import java.io.InputStream;

/** The samples of {@code embed-in-a-framework.md}. */
final class EmbedSamples {

    private EmbedSamples() {}

    static AuthResponse respond(Postern postern, ExchangeRequest request, Handler handler) {
        HttpExchange exchange = request.exchange();
        // sample: guard
        Guard guard = postern.guard();
        Guard.Outcome outcome = guard.enter(request);
        if (outcome instanceof Guard.Respond refused) {
            return refused.response();
        }
        Guard.Entered entered = (Guard.Entered) outcome;
        entered.headers().forEach(exchange.getResponseHeaders()::add);
        try {
            return handler.handle(entered.authentication());
        } catch (Exception e) {
            return guard.failed(entered, e);
        }
        // end
    }

    static Guard.Outcome route(Postern postern, AuthRequest request) {
        // sample: route
        Policy admins = postern.policy(policy -> policy.permissions(isAdmin()));
        Guard.Outcome outcome = postern.guard().enter(request, admins);
        // end
        return outcome;
    }

    static void object(Guard guard, Guard.Entered entered, Note note) {
        // sample: guard-object
        guard.checkObject(entered, note);
        // end
    }

    static AuthResponse endpoint(Guard guard, AuthRequest request, InputStream body) {
        // sample: endpoint
        AuthResponse response = guard.endpoint(request, "/jwt/create/", body);
        // end
        return response;
    }

    static Endpoints.Builder own(Endpoints.Builder all, Policy policy, Endpoint show, Endpoint change) {
        // sample: own-endpoint
        all.add("/notes/{id}/", policy, methods -> methods.get(show).put(change));
        // end
        return all;
    }

    static void write(HttpExchange exchange, AuthResponse response) throws IOException {
        // sample: write
        exchange.getResponseHeaders().putAll(response.headers());
        byte[] body = exchange.getRequestMethod().equals("HEAD") ? new byte[0] : response.body();
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        // end
    }

    /** A handler of a framework. */
    interface Handler {
        AuthResponse handle(Authentication who) throws Exception;
    }
}
