package io.postern.examples.war;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.session;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.User;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.servlet.SessionCookies;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Sets Postern up when the application starts. Holds no state, so it is safe for use by several threads. */
public final class Wiring implements ServletContextListener {

    /** Creates the listener, as the container does. */
    public Wiring() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        SessionCookies.safe().overPlainHttp().harden(context);
        context.setAttribute(
                AuthFilter.POSTERN_ATTRIBUTE,
                Postern.builder()
                        .users(users())
                        .authenticators(basic(), session())
                        .permissions(isAuthenticated())
                        .build());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (event.getServletContext().getAttribute(AuthFilter.POSTERN_ATTRIBUTE) instanceof Postern postern) {
            postern.close();
        }
    }

    private static UserStore users() {
        User ann = UserRecord.of("1", "ann");
        User sue = UserRecord.builder("2", "sue").staff(true).build();
        User tom = UserRecord.builder("3", "tom").roles("auditor").build();
        PasswordHasher hasher = PasswordHasher.pbkdf2();
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(ann, hasher.hash(Password.of("looking-glass")));
        users.add(sue, hasher.hash(Password.of("ruby-slippers")));
        users.add(tom, hasher.hash(Password.of("white-fence")));
        return users;
    }
}
