package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Denial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Authenticator} does.
 *
 * <p>Implement this in a test class of your own; say how to make the authenticator, and a request that it accepts.
 *
 * <pre>{@code
 * class ApiKeyAuthenticatorTest implements AuthenticatorContract {
 *     public Authenticator authenticator() { return new ApiKeyAuthenticator(keys); }
 *     public AuthRequest goodRequest() { return FakeRequest.get("/").header("X-Api-Key", "right"); }
 *     public String scheme() { return "ApiKey"; }
 * }
 * }</pre>
 */
public interface AuthenticatorContract {

    /**
     * Returns the authenticator under test.
     *
     * @return an authenticator, the same for each call
     */
    Authenticator authenticator();

    /**
     * Returns a request with a credential that the authenticator accepts.
     *
     * @return a new request
     */
    AuthRequest goodRequest();

    /**
     * Returns the scheme that the garbage is sent under.
     *
     * @return for instance {@code Bearer}
     */
    String scheme();

    /** A valid credential returns an authenticated user each time. */
    @Test
    default void accepts_a_good_credential_again_and_again() {
        for (int i = 0; i < 3; i++) {
            AuthResult result = authenticator().authenticate(goodRequest());

            assertThat(result).isInstanceOf(AuthResult.Authenticated.class);
            assertThat(((AuthResult.Authenticated) result).user().isAuthenticated())
                    .isTrue();
            assertThat(((AuthResult.Authenticated) result).user().id()).isNotEmpty();
        }
    }

    /** A request without a credential is not its business, whatever the method. */
    @Test
    default void does_not_attempt_an_empty_request() {
        for (String method : List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO")) {
            assertThat(authenticator().authenticate(FakeRequest.of(method, "/")))
                    .as(method)
                    .isEqualTo(AuthResult.notAttempted());
        }
    }

    /** A blank header is not a credential. */
    @Test
    default void does_not_attempt_a_blank_header() {
        for (String blank : List.of("", " ", "\t", "  \t  ")) {
            assertThat(authenticator().authenticate(FakeRequest.get("/").header("Authorization", blank)))
                    .isEqualTo(AuthResult.notAttempted());
        }
    }

    /** Another scheme is another authenticator's business (drf-contract HDR-4). */
    @Test
    default void does_not_attempt_another_scheme() {
        for (String header : List.of("Unheard-Of", "Unheard-Of x", "Unheard-Of " + scheme() + " x", "x" + scheme())) {
            assertThat(authenticator().authenticate(FakeRequest.get("/").header("Authorization", header)))
                    .as(header)
                    .isEqualTo(AuthResult.notAttempted());
        }
    }

    /** Garbage never is a user, never null and never an exception. */
    @Test
    default void rejects_garbage_without_an_exception() {
        for (String garbage : Garbage.credentials()) {
            for (String header : List.of(scheme() + " " + garbage, scheme() + garbage, garbage)) {
                FakeRequest request = FakeRequest.get("/").header("Authorization", header);

                assertThat(authenticator().authenticate(request))
                        .as(header.substring(0, Math.min(80, header.length())))
                        .isNotNull()
                        .isNotInstanceOf(AuthResult.Authenticated.class);
            }
        }
    }

    /** A refusal has the status of one, and words without the garbage in them. */
    @Test
    default void tells_a_refusal_without_repeating_the_credential() {
        for (String garbage : Garbage.credentials()) {
            FakeRequest request = FakeRequest.get("/").header("Authorization", scheme() + " " + garbage);
            if (authenticator().authenticate(request) instanceof AuthResult.Rejected rejected) {
                Denial denial = rejected.denial();

                assertThat(denial.status()).isIn(400, 401, 403, 429, 503);
                assertThat(denial.detail()).isNotBlank();
                assertThat(denial.reason()).matches("[a-z0-9_]+");
                if (garbage.length() > 8) {
                    assertThat(denial.toString()).doesNotContain(garbage);
                }
            }
        }
    }

    /** A challenge fits in a header, and does not depend on what was sent. */
    @Test
    default void has_a_well_formed_challenge_or_none() {
        assertThat(authenticator().challenge(FakeRequest.get("/")))
                .isNotNull()
                .satisfies(
                        challenge -> challenge.ifPresent(
                                present -> assertThat(present.header())
                                        .matches(
                                                "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
                                                        + "( [0-9A-Za-z_-]+=\"([^\"\\\\]|\\\\.)*\"(, [0-9A-Za-z_-]+=\"([^\"\\\\]|\\\\.)*\")*)?")));
        assertThat(authenticator().challenge(FakeRequest.post("/").header("Authorization", scheme() + " x\r\ny: z")))
                .isEqualTo(authenticator().challenge(FakeRequest.get("/")));
    }

    /** A credential is only read from where it says; caches rely on it. */
    @Test
    default void reads_no_credential_but_from_the_headers_it_names() {
        List<String> named = authenticator().credentialHeaders();

        assertThat(named).doesNotContainNull().allMatch(name -> name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"));
        assertThat(authenticator().authenticate(new WithoutHeaders(goodRequest(), named)))
                .isNotInstanceOf(AuthResult.Authenticated.class);
    }

    /** It has a name for logs. */
    @Test
    default void has_a_name() {
        assertThat(authenticator().name()).isNotBlank().doesNotContainAnyWhitespaces();
    }

    /**
     * Callers in parallel do not get each other's answers. Twenty of them come with the good request at a
     * time: an authenticator that limits it, as {@code PasswordLogin} does, must let as many wait here.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void keeps_parallel_callers_apart() throws Exception {
        List<Callable<Boolean>> callers = new ArrayList<>();
        IntStream.range(0, 40)
                .forEach(i -> callers.add(() -> i % 2 == 0
                        ? authenticator().authenticate(goodRequest()) instanceof AuthResult.Authenticated
                        : authenticator().authenticate(FakeRequest.get("/")) instanceof AuthResult.NotAttempted));

        assertThat(Race.run(callers)).containsOnly(true);
    }
}
