package io.postern.auth.servlet;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** The application that {@link UndeployTest} deploys by its name, with class loaders of their own. */
public final class UndeployedApplication implements ServletContextListener {

    private Postern postern;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("1", "ann"), PasswordHasher.pbkdf2(1_000).hash(Password.of("x")));
        InMemoryStores stores = new InMemoryStores();
        postern = Postern.builder()
                .users(users)
                .jwt(KeyRing.of(JwtKey.generate(JwtAlgorithm.HS256)))
                .refreshTokens(stores.refreshTokens())
                .revocations(stores.revocations())
                .authenticators(basic(), jwt(), session())
                .permissions(isAuthenticated())
                .build();
        ServletContext context = event.getServletContext();
        AuthFilter.register(context, postern);
        TestApplication.add(context, "/api/me", new TestServlets.WhoAmI());
        TestApplication.add(context, "/auth/*", new AuthEndpointsServlet(postern));
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        postern.close();
    }
}
