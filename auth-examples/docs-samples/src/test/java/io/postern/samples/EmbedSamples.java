package io.postern.samples;

import static io.postern.auth.permission.StandardPermissions.isAdmin;

import com.sun.net.httpserver.HttpExchange;
import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.Policy;
import io.postern.auth.Verdict;
import io.postern.auth.endpoint.EndpointRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** The samples of {@code embed-in-a-framework.md}. */
final class EmbedSamples {

    private EmbedSamples() {}

    static AuthResponse check(Postern postern, AuthRequest request, Function<Authentication, AuthResponse> handler) {
        // sample: gate
        Verdict verdict = postern.gate().check(request, postern.policyFor(request));
        if (verdict instanceof Verdict.Denied denied) {
            return postern.response(denied.denial());
        }
        Authentication who = ((Verdict.Granted) verdict).authentication();
        return handler.apply(who);
        // end
    }

    static Verdict route(Postern postern, AuthRequest request) {
        // sample: route
        Policy admins = postern.policy(policy -> policy.permissions(isAdmin()));
        Verdict verdict = postern.gate().check(request, admins);
        // end
        return verdict;
    }

    static Verdict object(Postern postern, AuthRequest request, Policy policy, Authentication who, Note note) {
        // sample: gate-object
        Verdict verdict = postern.gate().checkObject(request, policy, who, note);
        // end
        return verdict;
    }

    static AuthResponse endpoint(Postern postern, AuthRequest request, InputStream in) throws IOException {
        // sample: endpoint
        byte[] body = in.readNBytes(postern.maxBody() + 1);
        AuthResponse response = postern.endpoints().handle(new EndpointRequest(request, "/jwt/create/", body));
        // end
        return response;
    }

    static void write(HttpExchange exchange, AuthResponse response) throws IOException {
        // sample: write
        exchange.getResponseHeaders().putAll(response.headers());
        boolean silent =
                response.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), silent ? -1 : response.body().length);
        if (!silent) {
            exchange.getResponseBody().write(response.body());
        }
        // end
    }
}
