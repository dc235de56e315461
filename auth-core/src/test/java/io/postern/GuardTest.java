package io.postern;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.denyAll;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.AuthResult;
import io.postern.auth.Authentication;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.Permission;
import io.postern.auth.Policy;
import io.postern.auth.StoreException;
import io.postern.auth.Throttle;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.proxy.Proxies;
import io.postern.auth.testing.Events;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String BASIC = "Basic YW5uOnBhIHNz";
    private static final Policy OPEN = Policy.builder().permissions(allowAny()).build();
    private static final String SERVER_ERROR = "\\{\"detail\":\"A server error occurred.\",\"id\":\"[0-9a-f-]{36}\"}";

    private final Events events = new Events();
    private final AtomicInteger counted = new AtomicInteger();
    private final Throttle counting = (request, who) -> {
        counted.incrementAndGet();
        return new Throttle.Admission.Admitted();
    };
    private final Postern postern = Postern.builder()
            .users(Users.store())
            .passwords(login -> login.hasher(Users.HASHER))
            .listeners(events)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .proxies(Proxies.trusted(1))
            .authenticators(basic())
            .permissions(isAuthenticated())
            .policy("/closed", denyAll())
            .policy("/open", policy -> policy.withoutAuthenticators().permissions(allowAny()))
            .endpoints(all -> all.add(
                            "/echo/{id}/",
                            OPEN,
                            methods -> methods.post(request ->
                                    AuthResponse.json(200, Map.of(request.variable("id"), request.body().length))))
                    .add(
                            "/closed/",
                            Policy.builder().permissions(denyAll()).build(),
                            methods -> methods.post(request -> AuthResponse.empty(204)))
                    .add(
                            "/denied/",
                            OPEN,
                            methods -> methods.get(request -> {
                                throw new DeniedException(Denial.notFound());
                            }))
                    .add(
                            "/store/",
                            OPEN,
                            methods -> methods.get(request -> {
                                throw new StoreException("jdbc://user:secret@host");
                            }))
                    .add(
                            "/broken/",
                            OPEN,
                            methods -> methods.get(request -> {
                                throw new IllegalStateException("an internal detail");
                            })))
            .build();
    private final Guard guard = postern.guard();

    @Test
    void a_granted_request_enters_with_its_authentication_and_vary() {
        Guard.Entered entered = entered(guard.enter(ann()));

        assertThat(entered.authentication().user().id()).isEqualTo("1");
        assertThat(entered.headers()).isEqualTo(Map.of("Vary", "Authorization, Cookie"));
        assertThat(events.of(AuthEvent.RequestDenied.class)).isEmpty();
    }

    @Test
    void a_response_varies_by_nothing_where_no_credential_is_read() {
        assertThat(entered(guard.enter(FakeRequest.get("/open"))).headers()).isEmpty();
    }

    @Test
    void a_refused_request_gets_a_response_and_is_reported_with_the_clients_address() {
        AuthResponse response = refused(guard.enter(FakeRequest.get("/closed")
                .header("X-Forwarded-For", "203.0.113.9")
                .authorization(BASIC)));

        assertThat(response.status()).isEqualTo(403);
        assertThat(text(response)).isEqualTo("{\"detail\":\"You do not have permission to perform this action.\"}");
        assertThat(events.all())
                .containsExactly(new AuthEvent.RequestDenied(
                        NOW, "GET", "/closed", "203.0.113.9", 403, "permission_denied", "permission_denied", "1"));
    }

    @Test
    void the_policy_of_a_route_replaces_that_of_the_path() {
        assertThat(guard.enter(FakeRequest.get("/closed"), OPEN)).isInstanceOf(Guard.Entered.class);
    }

    @Test
    void an_ambiguous_path_is_refused_whatever_its_policy() {
        AuthResponse response = refused(guard.enter(FakeRequest.get("/open").rawPath("/x/..%2fopen"), OPEN));

        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response)).isEqualTo("{\"detail\":\"Ambiguous request path.\"}");
    }

    @Test
    void a_throttled_user_is_reported_with_the_id() {
        Policy policy = postern.defaultPolicy().toBuilder()
                .throttles((request, who) -> new Throttle.Admission.Refused(Optional.of(Duration.ofMillis(2_500))))
                .build();

        AuthResponse response = refused(guard.enter(ann(), policy));

        assertThat(response.status()).isEqualTo(429);
        assertThat(response.headers()).containsEntry("Retry-After", List.of("3"));
        assertThat(events.all())
                .containsExactly(
                        new AuthEvent.RequestThrottled(NOW, "GET", "/", "192.0.2.1", Duration.ofSeconds(3), "1"));
    }

    @Test
    void a_failing_store_is_503_and_reported() {
        AuthResponse response = refused(guard.enter(FakeRequest.get(), with(request -> {
            throw new StoreException("down");
        })));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("Retry-After", List.of("1"));
        assertThat(events.all()).containsExactly(new AuthEvent.StoreFailed(NOW, "GET", "/", "192.0.2.1", "down"));
    }

    @Test
    void a_broken_authenticator_is_500_with_an_id() {
        AuthResponse response = refused(guard.enter(FakeRequest.get(), with(request -> {
            throw new IllegalStateException("an internal detail");
        })));

        assertThat(response.status()).isEqualTo(500);
        assertThat(text(response)).matches(SERVER_ERROR);
    }

    @Test
    void an_error_in_an_authenticator_is_500_with_an_id() {
        AuthResponse response = refused(guard.enter(FakeRequest.get(), with(request -> {
            throw new LinkageError("a missing class");
        })));

        assertThat(response.status()).isEqualTo(500);
        assertThat(text(response)).matches(SERVER_ERROR);
    }

    @Test
    void a_failing_listener_changes_no_response() {
        Guard deaf = Postern.builder()
                .users(Users.store())
                .listeners(event -> {
                    throw new IllegalStateException("deaf");
                })
                .authenticators(basic())
                .permissions(denyAll())
                .build()
                .guard();

        assertThat(refused(deaf.enter(FakeRequest.get())).status()).isEqualTo(401);
    }

    @Test
    void a_forward_takes_the_authentication_over_and_counts_no_throttle_twice() {
        Policy policy = postern.defaultPolicy().toBuilder().throttles(counting).build();
        Guard.Entered first = entered(guard.enter(ann(), policy));

        Guard.Entered second = entered(guard.enter(FakeRequest.get("/forwarded"), policy, first));
        entered(guard.enter(FakeRequest.get("/again"), policy, second));

        assertThat(second.authentication()).isEqualTo(first.authentication());
        assertThat(counted).hasValue(1);
    }

    @Test
    void a_forward_to_a_policy_with_other_authenticators_authenticates_anew() {
        Guard.Entered first = entered(guard.enter(ann()));

        AuthResponse response = refused(guard.enter(
                FakeRequest.get("/forwarded"),
                with(request -> AuthResult.notAttempted()).toBuilder()
                        .permissions(isAuthenticated())
                        .build(),
                first));

        assertThat(response.status()).isEqualTo(403);
    }

    @Test
    void a_forward_with_an_ambiguous_header_is_refused() {
        Guard.Entered first = entered(guard.enter(ann()));

        AuthResponse response = refused(guard.enter(ann().authorization(BASIC), postern.defaultPolicy(), first));

        assertThat(response.status()).isEqualTo(400);
    }

    @Test
    void an_error_page_authenticates_nothing_and_counts_no_throttle() {
        Policy page = Policy.builder()
                .authenticators(postern.defaultPolicy().authenticators())
                .permissions(allowAny())
                .throttles(counting)
                .build();

        Guard.Entered anonymous = entered(guard.enterErrorPage(ann(), page, null));
        Guard.Entered known = entered(guard.enterErrorPage(FakeRequest.get(), page, entered(guard.enter(ann()))));

        assertThat(anonymous.authentication().isAuthenticated()).isFalse();
        assertThat(anonymous.headers()).isEqualTo(Map.of("Vary", "Authorization, Cookie"));
        assertThat(known.authentication().user().id()).isEqualTo("1");
        assertThat(counted).hasValue(0);
    }

    @Test
    void the_denial_of_a_handler_gets_the_challenges_of_its_policy_and_is_reported() {
        Guard.Entered entered = entered(guard.enter(FakeRequest.get("/x"), with(new Challenging())));

        AuthResponse response = guard.failed(entered, new DeniedException(Denial.notAuthenticated()));

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers()).containsEntry("WWW-Authenticate", List.of("Custom"));
        assertThat(events.all())
                .containsExactly(new AuthEvent.RequestDenied(
                        NOW, "GET", "/x", "192.0.2.1", 401, "not_authenticated", "not_authenticated", ""));
    }

    @Test
    void the_failure_of_a_handlers_store_is_503() {
        AuthResponse response = guard.failed(entered(guard.enter(ann())), new StoreException("down"));

        assertThat(response.status()).isEqualTo(503);
        assertThat(events.of(AuthEvent.StoreFailed.class)).hasSize(1);
    }

    @Test
    void a_wrapped_denial_or_store_failure_of_a_handler_is_recognised() {
        Guard.Entered entered = entered(guard.enter(ann()));
        Throwable deep = new DeniedException(Denial.notFound());
        for (int i = 0; i < 20; i++) {
            deep = new CompletionException(deep);
        }

        assertThat(guard.failed(entered, deep).status()).isEqualTo(404);
        assertThat(guard.failed(entered, new IOException(new StoreException("down")))
                        .status())
                .isEqualTo(503);
        assertThat(guard.refused(entered, new UndeclaredThrowableException(new DeniedException(Denial.notFound()))))
                .map(AuthResponse::status)
                .contains(404);
        assertThat(guard.refused(entered, new IOException("an internal detail")))
                .isEmpty();
    }

    @Test
    void a_chain_of_causes_that_never_ends_is_500() {
        Exception endless = new Exception() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Throwable getCause() {
                return new IOException(this);
            }
        };

        assertThat(guard.failed(entered(guard.enter(ann())), endless).status()).isEqualTo(500);
    }

    @Test
    void any_other_exception_of_a_handler_is_500_with_an_id() {
        AuthResponse response = guard.failed(entered(guard.enter(ann())), new IOException("an internal detail"));

        assertThat(response.status()).isEqualTo(500);
        assertThat(text(response)).matches(SERVER_ERROR);
    }

    @Test
    void a_refused_object_is_reported_once_when_the_handler_fails() {
        Guard.Entered entered = entered(guard.enter(
                ann(),
                postern.defaultPolicy().toBuilder().permissions(new Owner()).build()));

        guard.checkObject(entered, "ann");
        assertThatExceptionOfType(DeniedException.class)
                .isThrownBy(() -> guard.checkObject(entered, "bob"))
                .satisfies(thrown ->
                        assertThat(guard.failed(entered, thrown).status()).isEqualTo(403));

        assertThat(events.of(AuthEvent.RequestDenied.class)).hasSize(1);
    }

    @Test
    void object_permissions_see_the_client_behind_the_proxy() {
        Guard.Entered entered = entered(guard.enter(
                FakeRequest.get().header("X-Forwarded-For", "203.0.113.9"),
                Policy.builder().permissions(new FromAddress()).build()));

        guard.checkObject(entered, "203.0.113.9");

        assertThatExceptionOfType(DeniedException.class).isThrownBy(() -> guard.checkObject(entered, "192.0.2.1"));
    }

    @Test
    void a_request_for_services_has_the_client_behind_the_proxy() {
        AuthRequest resolved = guard.resolveClient(FakeRequest.get().header("X-Forwarded-For", "203.0.113.9"));

        assertThat(resolved.remoteAddress()).isEqualTo("203.0.113.9");
    }

    @Test
    void an_endpoint_is_served_with_its_path_variable_and_body() {
        assertThat(text(endpoint(FakeRequest.post(), "/echo/7", "four"))).isEqualTo("{\"7\":4}");
    }

    @ParameterizedTest
    @CsvSource({"GET, /nothing/, 404", "GET, /echo/7/, 405", "GET, /denied/, 404", "GET, /store/, 503"})
    void an_endpoint_may_refuse(String method, String path, int status) {
        AuthResponse response = endpoint(FakeRequest.of(method, "/"), path, "");

        assertThat(response.status()).isEqualTo(status);
        assertThat(text(response)).startsWith("{\"detail\":").doesNotContain("secret");
    }

    @Test
    void a_broken_endpoint_is_500_with_an_id() {
        assertThat(text(endpoint(FakeRequest.get(), "/broken/", ""))).matches(SERVER_ERROR);
    }

    @Test
    void a_body_that_is_too_large_is_refused_by_its_announced_and_by_its_real_length() {
        InputStream unread = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return read();
            }
        };

        assertThat(guard.endpoint(FakeRequest.post().header("Content-Length", "16385"), "/echo/7/", unread)
                        .status())
                .isEqualTo(413);
        assertThat(endpoint(FakeRequest.post(), "/echo/7/", "x".repeat(16_385)).status())
                .isEqualTo(413);
        assertThat(text(endpoint(FakeRequest.post(), "/echo/7/", "x".repeat(16_384))))
                .isEqualTo("{\"7\":16384}");
        assertThat(endpoint(FakeRequest.post().header("Content-Length", "many"), "/echo/7/", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_body_of_a_request_that_is_refused_without_it_is_not_read() {
        InputStream unread = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return read();
            }
        };

        assertThat(guard.endpoint(FakeRequest.post(), "/nothing/", unread).status())
                .isEqualTo(404);
        assertThat(guard.endpoint(FakeRequest.post(), "/closed/", unread).status())
                .isEqualTo(403);
    }

    @Test
    void a_body_that_cannot_be_read_is_400() {
        InputStream truncated = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };

        AuthResponse response = guard.endpoint(FakeRequest.post(), "/echo/7/", truncated);

        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response)).isEqualTo("{\"detail\":\"The request body cannot be read.\"}");
    }

    @ParameterizedTest
    @CsvSource({"gzip, 415", "' identity', 200", "IDENTITY, 200"})
    void only_the_identity_encoding_is_supported(String coding, int status) {
        assertThat(endpoint(FakeRequest.post().header("Content-Encoding", coding), "/echo/7/", "")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void an_ambiguous_path_to_an_endpoint_is_refused_and_reported() {
        AuthResponse response = endpoint(FakeRequest.post("/echo/7").rawPath("/echo/%2e/7"), "/echo/7/", "");

        assertThat(response.status()).isEqualTo(400);
        assertThat(events.of(AuthEvent.RequestDenied.class))
                .extracting(AuthEvent.RequestDenied::reason)
                .containsExactly("ambiguous_path");
    }

    private AuthResponse endpoint(FakeRequest request, String path, String body) {
        return guard.endpoint(request, path, new ByteArrayInputStream(body.getBytes(UTF_8)));
    }

    private static FakeRequest ann() {
        return FakeRequest.get().authorization(BASIC);
    }

    private static Policy with(Authenticator authenticator) {
        return OPEN.toBuilder().authenticators(authenticator).build();
    }

    private static Guard.Entered entered(Guard.Outcome outcome) {
        assertThat(outcome).isInstanceOf(Guard.Entered.class);
        return (Guard.Entered) outcome;
    }

    private static AuthResponse refused(Guard.Outcome outcome) {
        assertThat(outcome).isInstanceOf(Guard.Respond.class);
        return ((Guard.Respond) outcome).response();
    }

    private static String text(AuthResponse response) {
        return new String(response.body(), UTF_8);
    }

    private record Challenging() implements Authenticator {

        @Override
        public AuthResult authenticate(AuthRequest request) {
            return AuthResult.notAttempted();
        }

        @Override
        public Optional<Challenge> challenge(AuthRequest request) {
            return Optional.of(Challenge.of("Custom"));
        }
    }

    /** Objects are names of their owners. */
    private record Owner() implements Permission {

        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return true;
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
            return object.equals(authentication.user().username());
        }
    }

    /** Objects are the addresses from which they may be accessed. */
    private record FromAddress() implements Permission {

        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return true;
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
            return request.remoteAddress().equals(object);
        }
    }
}
