package io.postern.auth.servlet;

import static io.postern.StandardAuthenticators.session;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.testkit.server.TestServer;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** Cookies whose name or form the container does not know: those of Spring Session, and of several applications. */
interface SpringSessionContract {

    TestServer.Starter starter();

    @ParameterizedTest
    @CsvSource({", true", "JSESSIONID, true", "JSESSIONID, false", "SESSION, false"})
    default void a_user_of_spring_session_stays_logged_in(String name, boolean base64) throws Exception {
        try (TestServer server = starter().start(spring(name, base64, new ConcurrentHashMap<>()))) {
            RawHttp http = new RawHttp(server.port());
            List<String> cookies = login(http, "/auth/session/login/", "ann");
            String all = "Cookie: " + String.join("; ", cookies);
            String token = "X-CSRFToken: " + csrf(cookies);

            assertThat(cookies).anyMatch(cookie -> cookie.startsWith((name == null ? "SESSION" : name) + "="));
            assertThat(http.get("/api/me", all).body()).contains("principal=ann");
            assertThat(http.post("/api/me", "", all, token).body()).contains("principal=ann");
            assertThat(http.post("/api/me", "", all).status()).isEqualTo(403);
            assertThat(http.post("/auth/session/logout/", "", all, token).status())
                    .isEqualTo(204);
            assertThat(http.get("/api/me", all).status()).isEqualTo(403);
        }
    }

    @Test
    default void a_planted_cookie_of_spring_session_is_ignored_beside_the_victims_csrf_cookie() throws Exception {
        Map<String, Session> sessions = new ConcurrentHashMap<>();
        try (TestServer server = starter().start(spring(null, true, sessions))) {
            RawHttp http = new RawHttp(server.port());
            List<String> attacker = login(http, "/auth/session/login/", "eve");
            List<String> victim = login(http, "/auth/session/login/", "ann");
            String planted = idOf(attacker);
            String own = idOf(victim);
            String csrf = "csrftoken=" + csrf(victim);

            for (String cookies : List.of(
                    planted + "; " + csrf, planted + "; " + own + "; " + csrf, own + "; " + planted + "; " + csrf)) {
                assertThat(http.get("/api/me", "Cookie: " + cookies).body())
                        .as(cookies)
                        .doesNotContain("principal=eve");
                assertThat(http.post("/api/me", "", "Cookie: " + cookies, "X-CSRFToken: " + csrf(victim))
                                .body())
                        .as(cookies)
                        .doesNotContain("principal=eve");
            }
            assertThat(sessions).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    default void a_session_of_the_root_application_does_not_log_users_of_another_out(boolean ownFirst)
            throws Exception {
        TestServer.Application root = new TestServer.Application(
                "",
                context -> TestApplication.add(context, "/touch", new TestServlets.Lambda((request, response) -> {
                    request.getSession(true).setAttribute("seen", "yes");
                    response.getWriter().print("touched");
                })),
                Map.of());
        TestServer.Application shop =
                new TestServer.Application("/shop", context -> postern(context, postern()), Map.of());
        try (TestServer server = starter().start(root, shop)) {
            RawHttp http = new RawHttp(server.port());
            String foreign = http.get("/touch").cookie();
            List<String> cookies = login(http, "/shop/auth/session/login/", "ann", "Cookie: " + foreign);
            List<String> sent = new ArrayList<>(cookies);
            sent.add(ownFirst ? sent.size() : 0, foreign);
            String all = "Cookie: " + String.join("; ", sent);
            String token = "X-CSRFToken: " + csrf(cookies);

            assertThat(foreign).startsWith("JSESSIONID=");
            assertThat(http.get("/shop/api/me", all).body()).contains("principal=ann");
            assertThat(http.post("/shop/api/me", "", all, token).body()).contains("principal=ann");
            assertThat(http.post("/shop/auth/session/logout/", "", all, token).status())
                    .isEqualTo(204);
        }
    }

    static List<String> login(RawHttp http, String path, String name, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Type: application/json");
        RawHttp.Reply reply =
                http.post(path, "{\"username\":\"" + name + "\",\"password\":\"x\"}", all.toArray(String[]::new));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.headers().get("set-cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .toList();
    }

    static String csrf(List<String> cookies) {
        return cookies.stream()
                .filter(cookie -> cookie.startsWith("csrftoken="))
                .map(cookie -> cookie.substring("csrftoken=".length()))
                .findFirst()
                .orElseThrow();
    }

    static String idOf(List<String> cookies) {
        return cookies.stream()
                .filter(cookie -> cookie.startsWith("SESSION="))
                .findFirst()
                .orElseThrow();
    }

    static Postern postern() {
        PasswordHasher hasher = PasswordHasher.pbkdf2(1_000);
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("1", "ann"), hasher.hash(Password.of("x")));
        users.add(UserRecord.of("2", "eve"), hasher.hash(Password.of("x")));
        return Postern.builder()
                .users(users)
                .authenticators(session())
                .permissions(isAuthenticated())
                .build();
    }

    static void postern(ServletContext context, Postern postern) {
        AuthFilter.register(context, postern);
        TestApplication.add(context, "/api/me", new TestServlets.WhoAmI());
        TestApplication.add(context, "/auth/*", new AuthEndpointsServlet(postern));
    }

    private static TestServer.Application spring(String name, boolean base64, Map<String, Session> sessions) {
        return new TestServer.Application(context -> {
            DefaultCookieSerializer cookies = new DefaultCookieSerializer();
            if (name != null) {
                cookies.setCookieName(name);
            }
            cookies.setUseBase64Encoding(base64);
            CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();
            ids.setCookieSerializer(cookies);
            SessionRepositoryFilter<MapSession> filter =
                    new SessionRepositoryFilter<>(new Repository(new MapSessionRepository(sessions)));
            filter.setHttpSessionIdResolver(ids);
            FilterRegistration.Dynamic registration = context.addFilter("springSessionRepositoryFilter", filter);
            registration.setAsyncSupported(true);
            registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
            postern(context, postern());
        });
    }

    /** A request that ends late must not bring back a session that was ended, as it does not where changes are stored. */
    record Repository(MapSessionRepository map) implements SessionRepository<MapSession> {

        @Override
        public MapSession createSession() {
            MapSession session = map.createSession();
            map.save(session);
            return session;
        }

        @Override
        public void save(MapSession session) {
            if (map.findById(session.getOriginalId()) != null) {
                map.save(session);
            }
        }

        @Override
        public MapSession findById(String id) {
            return map.findById(id);
        }

        @Override
        public void deleteById(String id) {
            map.deleteById(id);
        }
    }
}
