package io.postern.examples.todo;

import io.postern.PosternBuilder;
import io.postern.auth.jwt.JwtCookies;

/** How JWTs are sent; an application chooses one. Opaque tokens, Basic and sessions work with both. */
enum TokenTransport {

    /** In bodies and the {@code Authorization} header: for programs. */
    HEADER {
        @Override
        PosternBuilder on(PosternBuilder builder) {
            return builder;
        }

        @Override
        String usage() {
            return """
                POST   /auth/jwt/create/    username, password and optionally device; returns refresh and access
                POST   /auth/jwt/refresh/   refresh; returns the next pair
                POST   /auth/jwt/blacklist/ refresh; logs out

                Send the access token as Authorization: Bearer <access>
                """;
        }

        @Override
        String tries() {
            return """
                  curl -d 'username=%1$s&password=%2$s&device=laptop' %3$s/auth/jwt/create/

                and with the two tokens of the response as REFRESH and ACCESS
                  curl -H "Authorization: Bearer $ACCESS" %3$s/todos/
                  curl -H "Authorization: Bearer $ACCESS" %3$s/auth/jwt/devices/
                  curl -d "refresh=$REFRESH" %3$s/auth/jwt/refresh/
                  curl -d "refresh=$REFRESH" %3$s/auth/jwt/blacklist/
                  curl -H "Authorization: Bearer $ACCESS" -d '' %3$s/auth/jwt/devices/end-all/
                """;
        }
    },

    /** In cookies that scripts cannot read: for browsers. A header still works and takes precedence. */
    COOKIES {
        @Override
        PosternBuilder on(PosternBuilder builder) {
            return builder.jwtCookies(JwtCookies.under("/auth/jwt/").overPlainHttp());
        }

        @Override
        String usage() {
            return """
                POST   /auth/jwt/create/    username, password and optionally device; sets the cookies, returns csrfToken
                POST   /auth/jwt/refresh/   sets new cookies
                POST   /auth/jwt/logout/    logs out and clears the cookies

                Send the csrfToken as X-CSRFToken in every request except GET
                """;
        }

        @Override
        String tries() {
            return """
                  curl -c jar -d 'username=%1$s&password=%2$s&device=laptop' %3$s/auth/jwt/create/

                and with the csrfToken of the response as CSRF
                  curl -b jar %3$s/todos/
                  curl -b jar %3$s/auth/jwt/devices/
                  curl -b jar -c jar -H "X-CSRFToken: $CSRF" -d '' %3$s/auth/jwt/refresh/
                  curl -b jar -c jar -H "X-CSRFToken: $CSRF" -d '' %3$s/auth/jwt/logout/
                  curl -b jar -H "X-CSRFToken: $CSRF" -d '' %3$s/auth/jwt/devices/end-all/
                """;
        }
    };

    abstract PosternBuilder on(PosternBuilder builder);

    /** Returns the endpoints, for the page at {@code /}. */
    abstract String usage();

    /** Returns lines to copy into a shell, a format for username, password and address. */
    abstract String tries();
}
