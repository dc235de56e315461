package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.endpoint.EndpointRequest.Fields;
import io.postern.auth.jwt.JwtCookies;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.VerifyResult;
import io.postern.auth.session.Csrf;
import io.postern.auth.user.Device;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets tokens as cookies, and reads the refresh token from its cookie where the body has none. */
record CookieTransport(JwtCookies cookies, JwtSettings settings, Csrf csrf, JwtTokens tokens, JwtResponses responses) {

    private static final int MAX_COOKIES = 4;

    /** Refuses a request of foreign origin. */
    void requireOwnPage(AuthRequest client) {
        requireNoForgery(csrf.refuseForeignOrigin(client));
    }

    /** Refreshes with the token of the body, or else of the cookie (drf-contract DJ-20). */
    Endpoint refresh() {
        return request -> {
            Presented presented = presented(request);
            if (presented.refusal().isPresent()) {
                return presented.refusal().get();
            }
            if (presented.token().isEmpty()) {
                return tokenCookies().delete(responses.noToken(), request.request());
            }
            RefreshResult result = tokens.refresh(presented.token().get(), Device.of(request.request(), ""));
            return result instanceof RefreshResult.Refreshed refreshed
                    ? tokenCookies()
                            .set(
                                    AuthResponse.json(200, Map.of()),
                                    request.request(),
                                    refreshed.access(),
                                    refreshed.refresh())
                    : tokenCookies().delete(responses.refused((RefreshResult.Refused) result), request.request());
        };
    }

    /** Revokes the family and deletes the cookies, whether or not the token is still valid. */
    Endpoint logout() {
        return request -> {
            Presented presented = presented(request);
            if (presented.refusal().isPresent()) {
                return presented.refusal().get();
            }
            presented.token().ifPresent(tokens::revoke);
            return tokenCookies().delete(AuthResponse.empty(204), request.request());
        };
    }

    /**
     * Requests of foreign origin are refused before anything else: the browser sends no cookie with them, but would obey
     * the deletion of cookies in our response. A used or revoked token still has an effect, so it needs the CSRF proof too.
     */
    private Presented presented(EndpointRequest request) {
        requireOwnPage(request.request());
        Fields fields = request.fields();
        Optional<AuthResponse> refusal = fields.refusal();
        if (refusal.isPresent()) {
            return new Presented(Optional.empty(), refusal);
        }
        String field = fields.optional("refresh");
        if (!field.isEmpty()) {
            return new Presented(Optional.of(field), Optional.empty());
        }
        Optional<String> cookie = cookie(request.request().cookies(cookies.refreshName()));
        if (cookie.filter(this::hasEffect).isPresent()) {
            requireNoForgery(csrf.refuse(request.request(), Optional.empty()));
        }
        return new Presented(cookie, Optional.empty());
    }

    private boolean hasEffect(String token) {
        VerifyResult verified = tokens.verify(token);
        return verified instanceof VerifyResult.Valid || verified instanceof VerifyResult.Revoked;
    }

    /** Returns the only cookie, or of several, as from a sibling application, the only one with a valid token. */
    private Optional<String> cookie(List<String> values) {
        if (values.size() <= 1) {
            return values.stream().findFirst();
        }
        if (values.size() > MAX_COOKIES) {
            return Optional.empty();
        }
        List<String> valid = values.stream()
                .distinct()
                .filter(value -> tokens.verify(value) instanceof VerifyResult.Valid)
                .toList();
        return valid.size() == 1 ? Optional.of(valid.get(0)) : Optional.empty();
    }

    private TokenCookies tokenCookies() {
        return new TokenCookies(cookies, settings);
    }

    private static void requireNoForgery(Optional<String> refusal) {
        if (refusal.isPresent()) {
            throw new DeniedException(Denial.csrfFailed(refusal.get()));
        }
    }

    /** The refresh token of a request, or the response that refuses the request; {@link #toString} omits both. */
    private record Presented(Optional<String> token, Optional<AuthResponse> refusal) {
        @Override
        public String toString() {
            return "***";
        }
    }
}
