package io.postern.auth.servlet;

import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.postern.Postern;
import io.postern.StandardAuthenticators;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.memory.InMemoryTokenStore;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keeps the memory that a request costs between filter and handler from growing unseen. The figures repeat to a few bytes,
 * where times do not.
 *
 * <p>To measure anew: set the figures of {@link Case} to 0, run this class, and take those of the failures.
 */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 60_000;
    private static final int MEASURED = 20_000;
    private static final int ROUNDS = 5;

    /** Bytes for each request on OpenJDK 17, the stubs' share included, and the status of the response. */
    enum Case {
        CHAIN(300, 200),
        OPAQUE_TOKEN(1200, 200),
        CONTAINER_SESSION(460, 200),
        NO_CREDENTIAL(300, 401),
        MALFORMED(300, 400),
        MALFORMED_TOKEN(620, 401),
        UNKNOWN_TOKEN(500, 401),
        WRONG_SCHEME(420, 401);

        private final int bytes;
        private final int status;

        Case(int bytes, int status) {
            this.bytes = bytes;
            this.status = status;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_request_allocates_no_more_than_it_did(Case measured) throws Exception {
        Subject subject = Subject.of(measured);

        long best = Long.MAX_VALUE;
        subject.run(WARM_UP);
        for (int i = 0; i < ROUNDS; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            subject.run(MEASURED);
            best = Math.min(best, (THREADS.getCurrentThreadAllocatedBytes() - before) / MEASURED);
        }

        assertThat(subject.response.getStatus()).isEqualTo(measured.status);
        assertThat(best).as("bytes for each request").isLessThanOrEqualTo(measured.bytes * 115L / 100);
    }

    /** One request, sent through the filter again and again. */
    static final class Subject {

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
            users.add(ANN, "");
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
                    .listeners(event -> {});
            return switch (measured) {
                case CHAIN -> builder.authenticators(ALWAYS_ANN).build();
                case CONTAINER_SESSION ->
                    builder.authenticators(StandardAuthenticators.session()).build();
                default ->
                    builder.tokens(new InMemoryTokenStore())
                            .authenticators(StandardAuthenticators.token())
                            .build();
            };
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
