package io.postern.samples;

import io.postern.Postern;
import io.postern.auth.User;
import io.postern.auth.jdbc.JdbcStores;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.servlet.AuthEndpointsServlet;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import javax.sql.DataSource;

/** What the quickstart of the README protects, and with which users and keys. */
final class QuickstartParts {

    private QuickstartParts() {}

    static void start(ServletContext context, DataSource dataSource) {
        // sample: quickstart-parts
        JdbcStores stores = JdbcStores.of(dataSource);
        stores.schema().install();
        stores.users().add(UserRecord.of("1", "ann"), PasswordHasher.pbkdf2().hash(Password.of("looking-glass")));
        KeyRing keys = KeyRing.of(JwtKey.generate(JwtAlgorithm.HS256)); // lost at a restart
        // end
        Postern postern = Quickstart.protect(context, dataSource, keys);
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
            User user = AuthFilter.authentication(request).user();
            // end
            response.getWriter().write("hello " + user.username());
        }
    }
}
