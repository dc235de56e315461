package io.postern.samples;

import static io.postern.StandardAuthenticators.session;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the login of a handler's own, with sessions of both kinds, on embedded Jetty. */
class OwnLoginTest {

    private final InMemoryUserStore users = new InMemoryUserStore();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_handler_logs_in_whom_it_has_found_by_other_means(boolean kept) {
        Postern postern = configured(kept);
        try (Site server = new Site(context -> {
            AuthFilter.register(context, postern);
            context.addServlet("enter", new Enter(postern, users)).addMapping("/enter");
            context.addServlet("hello", new QuickstartParts.Hello()).addMapping("/hello");
        })) {
            assertThat(server.get("/hello").statusCode()).isEqualTo(403);
            HttpResponse<String> entered = server.get("/enter");
            String cookie = entered.headers().allValues("Set-Cookie").stream()
                    .filter(value -> !value.startsWith("csrftoken="))
                    .findFirst()
                    .orElseThrow();

            assertThat(entered.headers().allValues("Set-Cookie"))
                    .filteredOn(value -> value.startsWith("csrftoken="))
                    .hasSize(1);
            assertThat(cookie).startsWith(kept ? "sessionid=" : "JSESSIONID=");
            assertThat(server.get("/hello", "Cookie", cookie.split(";")[0]).body())
                    .isEqualTo("hello ann");
        }
    }

    private Postern configured(boolean kept) {
        users.add(UserRecord.of("1", "ann"), PasswordHasher.pbkdf2(1_000).hash(Password.of("looking-glass")));
        PosternBuilder builder = Postern.builder()
                .users(users)
                .authenticators(session())
                .permissions(isAuthenticated())
                .policy("/enter", allowAny());
        return kept
                ? SessionSamples.keptOverPlainHttp(builder, new InMemoryStores().sessions())
                        .build()
                : builder.build();
    }

    private static final class Enter extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient Postern postern;
        private final transient UserStore users;

        Enter(Postern postern, UserStore users) {
            this.postern = postern;
            this.users = users;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            SessionSamples.logIn(postern, users.findById("1").orElseThrow(), request, response);
        }
    }
}
