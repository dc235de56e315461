package io.postern.samples;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.hasRole;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.basic.BasicAuthenticator;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.permission.StandardPermissions.IsAdmin;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.servlet.Authenticators;
import io.postern.auth.servlet.ObjectPermissions;
import io.postern.auth.servlet.Permissions;
import io.postern.auth.user.UserStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The samples of {@code protect-an-app.md}. */
final class ProtectSamples {

    private ProtectSamples() {}

    static Postern paths(UserStore users, KeyRing keys) {
        // sample: paths
        Postern postern = Postern.builder()
                .users(users)
                .jwt(keys)
                .authenticators(jwt(), basic(), session())
                .permissions(isAuthenticated())
                .policy("/", allowAny())
                .policy("/public/*", policy -> policy.withoutAuthenticators().permissions(allowAny()))
                .policy("/admin/*", isAdmin())
                .policy("/reports/*", policy -> policy.authenticators(basic()).permissions(hasRole("auditor")))
                .build();
        // end
        return postern;
    }

    static void register(ServletContext context, Postern postern) {
        // sample: register
        AuthFilter.register(context, postern);
        // end
    }

    static void webXml(ServletContext context, Postern postern) {
        // sample: attribute
        context.setAttribute(AuthFilter.POSTERN_ATTRIBUTE, postern);
        // end
    }

    /** Ends with the application. */
    record Closing(Postern postern) implements ServletContextListener {

        // sample: close
        @Override
        public void contextDestroyed(ServletContextEvent event) {
            postern.close();
        }
        // end
    }

    // sample: permissions-annotation
    @Permissions(IsAdmin.class)
    @Authenticators(BasicAuthenticator.class)
    public static final class UsersServlet extends HttpServlet {
        // end

        private static final long serialVersionUID = 1L;
    }

    // sample: roles-annotation
    @RolesAllowed({"auditor", "editor"})
    public static final class AuditServlet extends HttpServlet {
        // end

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(String.valueOf(request.isUserInRole("auditor")));
        }
    }

    /** Serves the one note there is. */
    static final class NoteServlet extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Note note = new Note("1", "Buy milk");
            // sample: object-check
            ObjectPermissions.check(request, note);
            // end
            response.getWriter().write(note.text());
        }

        @Override
        protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
            // sample: refuse
            throw new DeniedException(Denial.permissionDenied("Notes are kept for ever.", "kept"));
            // end
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            // sample: authentication
            Authentication who = AuthFilter.authentication(request);
            String name = who.user().username();
            boolean staff = who.user().isStaff();
            // end
            response.getWriter().write(name + staff);
        }
    }
}
