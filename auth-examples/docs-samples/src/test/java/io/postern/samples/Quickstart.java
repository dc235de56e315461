package io.postern.samples;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.Authentication;
import io.postern.auth.User;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHashers;
import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.token.InMemoryTokenStore;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The integration that the README shows. */
final class Quickstart {

    private Quickstart() {}

    static void start(ServletContext context, byte[] secret) {
        // sample: quickstart-parts
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("1", "ann"), PasswordHashers.pbkdf2().hash(Password.of("looking-glass")));
        TokenStore tokens = new InMemoryTokenStore();
        KeyRing keys = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, secret)); // 32 random bytes
        // end
        protect(context, users, tokens, keys);
    }

    private static void protect(ServletContext context, UserStore users, TokenStore tokens, KeyRing keys) {
        // sample: quickstart
        Postern postern = Postern.builder()
                .users(users)
                .tokens(tokens)
                .jwt(keys)
                .authenticators(basic(), token(), jwt(), session())
                .permissions(isAuthenticated())
                .policy("/admin/*", isAdmin())
                .build();
        AuthFilter.register(context, postern);
        context.addServlet("auth", new AuthEndpointsServlet(postern)).addMapping("/auth/*");
        // end
    }

    /** Greets its caller. */
    static final class Hello extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            // sample: who
            User user = Authentication.of(request::getAttribute).user();
            // end
            response.getWriter().write("hello " + user.username());
        }
    }
}
