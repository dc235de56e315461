package io.postern.samples;

import io.postern.Postern;
import io.postern.auth.Authentication;
import io.postern.auth.User;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHashers;
import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the quickstart of the README protects, and with which users and keys. */
final class QuickstartParts {

    private QuickstartParts() {}

    static void start(ServletContext context, byte[] secret) {
        // sample: quickstart-parts
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("1", "ann"), PasswordHashers.pbkdf2().hash(Password.of("looking-glass")));
        KeyRing keys = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, secret)); // 32 random bytes
        // end
        Postern postern = Quickstart.protect(context, users, keys);
        // sample: quickstart-endpoints
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
