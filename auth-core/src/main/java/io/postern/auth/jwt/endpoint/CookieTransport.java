package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.endpoint.Body;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.refresh.JwtTokens;
import io.postern.auth.refresh.RefreshResult;
import io.postern.auth.session.Csrf;
import io.postern.auth.user.Device;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands tokens out in cookies, and takes the refresh token from there where no field names one. */
record CookieTransport(JwtCookies cookies, JwtSettings settings, Csrf csrf, Body body, JwtTokens tokens) {

    /** Refuses a request from a page of somebody else's, which must not be answered at all. */
    void requireOwnPage(AuthRequest client) {
        requireNoForgery(csrf.refuseForeignOrigin(client));
    }

    /** Refreshes with the token of the field, or else of the cookie (drf-contract DJ-20). */
    Endpoint refresh() {
        return request -> {
            Shown shown = shown(request);
            if (shown.refusal().isPresent()) {
                return shown.refusal().get();
            }
            if (shown.token().isEmpty()) {
                Denial none = Denial.of(401, "No valid refresh token found.", "token_not_valid");
                return tokenCookies()
                        .delete(body.errors().of(none.withMember("code", "token_not_valid")), request.request());
            }
            RefreshResult result = tokens.refresh(shown.token().get(), Device.of(request.request(), ""));
            return result instanceof RefreshResult.Refreshed refreshed
                    ? tokenCookies()
                            .set(
                                    AuthResponse.json(200, Map.of()),
                                    request.request(),
                                    refreshed.access(),
                                    refreshed.refresh())
                    : tokenCookies()
                            .delete(body.errors().of(((RefreshResult.Refused) result).denial()), request.request());
        };
    }

    /** Ends the login and clears the cookies; a token that is no good any more is no reason to refuse. */
    Endpoint logout() {
        return request -> {
            Shown shown = shown(request);
            if (shown.refusal().isPresent()) {
                return shown.refusal().get();
            }
            shown.token().ifPresent(tokens::revoke);
            return tokenCookies().delete(AuthResponse.empty(204), request.request());
        };
    }

    /**
     * A page of somebody else's cannot make the browser send the cookie, but could make it forget the cookies by what we
     * answer, so it is refused before anything else. A used token still does something, so it needs the proof too.
     */
    private Shown shown(EndpointRequest request) {
        requireOwnPage(request.request());
        Body.Content content = body.read(request);
        if (content instanceof Body.Content.Refused refused) {
            return new Shown(Optional.empty(), Optional.of(refused.response()));
        }
        String field = ((Body.Content.Members) content).fields().optional("refresh");
        if (!field.isEmpty()) {
            return new Shown(Optional.of(field), Optional.empty());
        }
        List<String> values = request.request().cookies(cookies.refreshName());
        if (values.size() != 1) {
            return new Shown(Optional.empty(), Optional.empty());
        }
        boolean signed = tokens.verify(values.get(0))
                .filter(denial -> denial.status() != 400)
                .isEmpty();
        requireNoForgery(signed ? csrf.refuse(request.request(), Optional.empty()) : Optional.empty());
        return new Shown(Optional.of(values.get(0)), Optional.empty());
    }

    private TokenCookies tokenCookies() {
        return new TokenCookies(cookies, settings);
    }

    private static void requireNoForgery(Optional<String> refusal) {
        if (refusal.isPresent()) {
            throw new DeniedException(Denial.csrfFailed(refusal.get()));
        }
    }

    /** The refresh token that a request shows, or why the request is refused. */
    private record Shown(Optional<String> token, Optional<AuthResponse> refusal) {
        @Override
        public String toString() {
            return "***";
        }
    }
}
