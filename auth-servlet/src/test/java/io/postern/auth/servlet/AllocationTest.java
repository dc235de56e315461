package io.postern.auth.servlet;

import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.postern.Postern;
import io.postern.StandardAuthenticators;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.memory.InMemoryTokenStore;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keeps the memory that a request costs between filter and handler from growing unseen: figures of it repeat, where times do
 * not. They are taken in a JVM of their own, in which no other test has spoilt what the compiler knows.
 *
 * <p>To measure anew: set the figures of {@link Case} to 0, run this class, and take those of the failures.
 */
class AllocationTest {

    private static final int ROUND = 20_000;

    /** The compiler removes allocations late, so some rounds may fail before one counts. */
    private static final int MOST_ROUNDS = 50;

    private static final Map<Case, String> MEASURED = new EnumMap<>(Case.class);

    /** Bytes for each request on OpenJDK 17, the stubs' share included, and the status of the response. */
    enum Case {
        CHAIN(310, 200),
        OPAQUE_TOKEN(1130, 200),
        CONTAINER_SESSION(500, 200),
        JWT_FIRST_SEEN(3540, 200),
        JWT_SEEN_AGAIN(1200, 200),
        JWT_FORGED(3230, 401),
        BASIC_SEEN_AGAIN(2160, 200),
        NO_CREDENTIAL(290, 401),
        MALFORMED(370, 400),
        MALFORMED_TOKEN(690, 401),
        UNKNOWN_TOKEN(550, 401),
        WRONG_SCHEME(480, 401);

        private final int bytes;
        private final int status;

        Case(int bytes, int status) {
            this.bytes = bytes;
            this.status = status;
        }

        private long limit() {
            return bytes * 115L / 100;
        }
    }

    @BeforeAll
    static void measure() throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xbatch",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AllocationTest.class.getName());
        try (BufferedReader lines = java.redirectErrorStream(true).start().inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 2);
                if (words[0].startsWith("case:")) {
                    MEASURED.put(Case.valueOf(words[0].substring("case:".length())), words[1]);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_request_allocates_no_more_than_it_did(Case measured) {
        assertThat(MEASURED.get(measured)).isNotNull();
        String[] statusAndBytes = MEASURED.get(measured).split(" ");
        assertThat(statusAndBytes[0]).isEqualTo(Integer.toString(measured.status));
        assertThat(Long.parseLong(statusAndBytes[1]))
                .as("bytes for each request")
                .isLessThanOrEqualTo(measured.limit());
    }

    /** Measures in the JVM of its own. */
    public static void main(String[] arguments) throws IOException, ServletException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (Case measured : Case.values()) {
            Subject subject = Subject.of(measured);
            long best = Long.MAX_VALUE;
            for (int i = 0; i < MOST_ROUNDS && best > measured.limit(); i++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                subject.run(ROUND);
                best = Math.min(best, (threads.getCurrentThreadAllocatedBytes() - before) / ROUND);
            }
            System.out.println("case:" + measured + " " + subject.response.getStatus() + " " + best);
        }
    }

    /** One request, sent through the filter again and again. */
    static final class Subject {

        private static final String PASSWORD = "looking-glass";
        private static final PasswordHasher HASHER = PasswordHasher.pbkdf2(1_000);
        private static final UserRecord ANN = UserRecord.of("7", "ann");
        private static final Authenticator ALWAYS_ANN = request -> AuthResult.authenticated(ANN);

        private final AuthFilter filter;
        private final LeanRequest request = new LeanRequest("/notes/7");
        final LeanResponse response = new LeanResponse();
        private final FilterChain handler = (granted, answer) -> seen = granted.getAttribute("x");
        private Object seen = "";

        private Subject(Postern postern) {
            filter = new AuthFilter(postern);
        }

        static Subject of(Case measured) {
            InMemoryUserStore users = new InMemoryUserStore();
            users.add(ANN, HASHER.hash(Password.of(PASSWORD)));
            Postern postern = postern(measured, users);
            Subject subject = new Subject(postern);
            switch (measured) {
                case CHAIN, NO_CREDENTIAL -> {}
                case OPAQUE_TOKEN ->
                    subject.request.withHeader(
                            "Authorization",
                            "Token "
                                    + postern.tokens()
                                            .issue(ANN.id(), "")
                                            .value()
                                            .reveal());
                case CONTAINER_SESSION -> subject.request.withSession(session(users));
                case JWT_FIRST_SEEN, JWT_SEEN_AGAIN ->
                    subject.request.withHeader(
                            "Authorization",
                            "Bearer " + postern.jwt().issue(ANN).access());
                case JWT_FORGED ->
                    subject.request.withHeader(
                            "Authorization",
                            "Bearer "
                                    + postern(measured, users).jwt().issue(ANN).access());
                case BASIC_SEEN_AGAIN -> subject.request.withHeader("Authorization", basic("ann:" + PASSWORD));
                case MALFORMED -> subject.request.withHeader("Authorization", "Token a\u0001b");
                case MALFORMED_TOKEN -> subject.request.withHeader("Authorization", "Token a b");
                case UNKNOWN_TOKEN -> subject.request.withHeader("Authorization", "Token unknown");
                case WRONG_SCHEME -> subject.request.withHeader("Authorization", "Negotiate YIIJvwYGKwYBBQUCoIIJszCC");
            }
            return subject;
        }

        private static Postern postern(Case measured, InMemoryUserStore users) {
            var builder = Postern.builder()
                    .users(users)
                    .permissions(isAuthenticated())
                    .policy("/admin/*", isAuthenticated())
                    .policy("/login", isAuthenticated())
                    .withoutListeners()
                    .listeners(event -> {});
            return switch (measured) {
                case CHAIN -> builder.authenticators(ALWAYS_ANN).build();
                case CONTAINER_SESSION ->
                    builder.authenticators(StandardAuthenticators.session()).build();
                case JWT_FIRST_SEEN, JWT_FORGED ->
                    builder.jwt(key(), JwtSettings.Builder::withoutVerifiedCache)
                            .authenticators(StandardAuthenticators.jwt())
                            .build();
                case JWT_SEEN_AGAIN ->
                    builder.jwt(key())
                            .authenticators(StandardAuthenticators.jwt())
                            .build();
                case BASIC_SEEN_AGAIN ->
                    builder.passwords(login -> login.hasher(HASHER).cacheRequests(Duration.ofMinutes(10)))
                            .authenticators(StandardAuthenticators.basic())
                            .build();
                default ->
                    builder.tokens(new InMemoryTokenStore())
                            .authenticators(StandardAuthenticators.token())
                            .build();
            };
        }

        private static KeyRing key() {
            return KeyRing.of(JwtKey.generate(JwtAlgorithm.HS256));
        }

        private static String basic(String credentials) {
            return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        }

        private static LeanSession session(InMemoryUserStore users) {
            StoredUser user = users.findById(ANN.id()).orElseThrow();
            LeanSession session = new LeanSession();
            session.setAttribute("io.postern.user", ANN.id());
            session.setAttribute("io.postern.stamp", user.securityStamp());
            session.setAttribute("io.postern.csrf", "a".repeat(32));
            return session;
        }

        void run(int requests) throws IOException, ServletException {
            for (int i = 0; i < requests; i++) {
                response.renew();
                filter.doFilter(request, response, handler);
            }
        }
    }
}
