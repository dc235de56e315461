package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.jwt.JwtCookies;
import io.postern.auth.jwt.JwtSettings;
import java.util.Optional;

/** Writes the cookies of access and refresh tokens. */
record TokenCookies(JwtCookies cookies, JwtSettings settings) {

    /** Returns a response that sets the cookies; without a new refresh token, its cookie stays as it is. */
    AuthResponse set(AuthResponse response, AuthRequest client, String access, Optional<String> refresh) {
        String header = cookies.access()
                .withMaxAge(settings.accessLifetime())
                .header(cookies.accessName(), access, client.isSecure());
        AuthResponse more = response.withHeader("Set-Cookie", header);
        return refresh.map(token -> more.withHeader(
                        "Set-Cookie",
                        cookies.refresh()
                                .withMaxAge(settings.refreshLifetime())
                                .header(cookies.refreshName(), token, client.isSecure())))
                .orElse(more);
    }

    /** Returns a response that deletes both cookies. */
    AuthResponse delete(AuthResponse response, AuthRequest client) {
        return response.withHeader("Set-Cookie", cookies.access().deletion(cookies.accessName(), client.isSecure()))
                .withHeader("Set-Cookie", cookies.refresh().deletion(cookies.refreshName(), client.isSecure()));
    }
}
