package io.postern.samples;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.jwt.JwtCookies;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.session.CookieAttributes;
import io.postern.auth.user.UserStore;

/** The samples of {@code cookies-or-headers.md} and {@code encrypted-tokens.md}. */
final class CookieSamples {

    private CookieSamples() {}

    static Postern cookies(UserStore users, KeyRing keys, RefreshTokenStore families) {
        // sample: jwt-cookies
        Postern postern = Postern.builder()
                .users(users)
                .jwt(keys)
                .jwtCookies(JwtCookies.under("/auth/jwt/"))
                .refreshTokens(families, refresh -> refresh.withMode(RotationMode.ROTATE))
                .authenticators(jwt())
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static PosternBuilder plain(PosternBuilder builder, KeyRing keys) {
        // sample: jwt-cookies-plain
        builder.jwt(keys).jwtCookies(JwtCookies.under("/auth/jwt/").overPlainHttp());
        // end
        return builder;
    }

    static PosternBuilder hostCsrf(PosternBuilder builder) {
        // sample: host-csrf
        builder.csrf(csrf -> csrf.cookieName("__Host-csrftoken")
                .cookie(CookieAttributes.csrf().withSecure(CookieAttributes.Secure.ALWAYS)));
        // end
        return builder;
    }

    static PosternBuilder encrypted(PosternBuilder builder, KeyRing keys, byte[] encryptionKey) {
        // sample: encryption
        builder.jwt(keys, jwt -> jwt.encryptDirect(encryptionKey)); // 32 random bytes
        // end
        return builder;
    }
}
