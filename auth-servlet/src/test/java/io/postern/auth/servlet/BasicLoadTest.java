package io.postern.auth.servlet;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.testkit.server.JettyServer;
import io.postern.auth.testkit.server.TestServer;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP Basic under load, with the limits that two processors get by default. */
@Timeout(120)
class BasicLoadTest {

    private static final PasswordHasher HASHER = PasswordHasher.pbkdf2(100_000);

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();

    static Stream<Named<TestServer.Starter>> containers() {
        return Stream.of(Named.of("Jetty", JettyServer::start), Named.of("Tomcat", TomcatServer::start));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("containers")
    void forty_parallel_clients_with_the_right_password_are_all_admitted(TestServer.Starter container)
            throws Exception {
        try (TestServer server = start(container)) {
            List<Future<List<Integer>>> clients = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                clients.add(threads.submit(() -> repeat(5, () -> get(server, "ann", "right"))));
            }
            for (Future<List<Integer>> client : clients) {
                assertThat(client.get()).isEqualTo(Collections.nCopies(5, 200));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("containers")
    void guesses_by_basic_leave_the_logins_of_others_alone(TestServer.Starter container) throws Exception {
        try (TestServer server = start(container)) {
            assertThat(duringGuesses(guess -> get(server, "ann", guess), () -> logIn(server, "bob", "right")))
                    .isEqualTo(Collections.nCopies(12, 200));
        }
    }

    @ParameterizedTest
    @MethodSource("containers")
    void guesses_at_logins_leave_the_requests_of_others_alone(TestServer.Starter container) throws Exception {
        try (TestServer server = start(container)) {
            assertThat(duringGuesses(guess -> logIn(server, "ann", guess), () -> get(server, "bob", "right")))
                    .isEqualTo(Collections.nCopies(12, 200));
        }
    }

    /** Returns the statuses of a user's twelve requests while twelve clients guess as fast as they can. */
    private List<Integer> duringGuesses(Guess guess, Callable<Integer> honest) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger guesses = new AtomicInteger();
        List<Future<?>> strangers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            strangers.add(threads.submit(() -> {
                while (!over.get()) {
                    assertThat(guess.send("guess-" + guesses.incrementAndGet())).isIn(400, 401, 503);
                }
                return null;
            }));
        }
        while (guesses.get() < 12) {
            Thread.onSpinWait();
        }
        List<Integer> statuses = repeat(12, honest);
        over.set(true);
        for (Future<?> stranger : strangers) {
            stranger.get();
        }
        return statuses;
    }

    private TestServer start(TestServer.Starter container) throws Exception {
        users.add(UserRecord.of("1", "ann"), HASHER.hash(Password.of("right")));
        users.add(UserRecord.of("2", "bob"), HASHER.hash(Password.of("right")));
        Postern postern = Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(HASHER).concurrentHashes(2))
                .withoutListeners()
                .authenticators(basic())
                .permissions(isAuthenticated())
                .build();
        return container.start(new TestServer.Application(context -> {
            context.addServlet("ok", new Ok()).addMapping("/x");
            AuthFilter.register(context, postern);
            context.addServlet("auth", new AuthEndpointsServlet(postern)).addMapping("/auth/*");
        }));
    }

    private int get(TestServer server, String username, String password) throws Exception {
        String pair = Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
        return send(request(server, "/x").header("Authorization", "Basic " + pair));
    }

    private int logIn(TestServer server, String username, String password) throws Exception {
        String form = "username=" + username + "&password=" + password;
        return send(request(server, "/auth/session/login/")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static HttpRequest.Builder request(TestServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private int send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static List<Integer> repeat(int times, Callable<Integer> call) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            statuses.add(call.call());
        }
        return statuses;
    }

    @FunctionalInterface
    private interface Guess {

        int send(String password) throws Exception;
    }

    private static final class Ok extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("ok");
        }
    }
}
