package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.jwt.JwtSettings;
import java.util.Optional;

/** Writes the cookies of access and refresh tokens. */
record TokenCookies(JwtCookies cookies, JwtSettings.Lifetimes lifetimes) {

    /** Returns a response that sets the cookies; without a new refresh token, its cookie stays as it is. */
    AuthResponse set(AuthResponse response, AuthRequest client, String access, Optional<String> refresh) {
        String header =
                cookies.access().maxAge(lifetimes.access()).header(cookies.accessName(), access, client.isSecure());
        AuthResponse more = response.with("Set-Cookie", header);
        return refresh.map(token -> more.with(
                        "Set-Cookie",
                        cookies.refresh()
                                .maxAge(lifetimes.refresh())
                                .header(cookies.refreshName(), token, client.isSecure())))
                .orElse(more);
    }

    /** Returns a response that deletes both cookies. */
    AuthResponse delete(AuthResponse response, AuthRequest client) {
        return response.with("Set-Cookie", cookies.access().deletion(cookies.accessName(), client.isSecure()))
                .with("Set-Cookie", cookies.refresh().deletion(cookies.refreshName(), client.isSecure()));
    }
}
