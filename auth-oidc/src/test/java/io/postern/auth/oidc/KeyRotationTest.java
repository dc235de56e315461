package io.postern.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.StoreException;
import io.postern.auth.internal.JsonWriter;
import io.postern.auth.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often keys are fetched, and who waits for it. */
class KeyRotationTest {

    private static final OutsideKey RSA = Outside.RSA;
    private static final OutsideKey NEXT = Outside.NEXT;
    private static final String ANN = Outside.ISSUER + "#1";

    private final SettableClock clock = Outside.clock();
    private final KeyServer server = new KeyServer().on(Outside.KEYS, OutsideKey.set(RSA));
    private final TrustedIssuer issuer = Outside.issuer(server)
            .fetching(KeyFetching.defaults().withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10)))
            .build();
    private final OidcAuthenticator authenticator = OidcAuthenticator.of(clock, issuer);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keys_are_fetched_once_while_they_are_fresh() {
        for (int i = 0; i < 20; i++) {
            assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo(ANN);
        }
        clock.advance(Duration.ofSeconds(269));
        assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo(ANN);

        assertThat(server.matches(Outside.KEYS)).isEqualTo(1);
    }

    @Test
    void warming_up_spares_the_first_request_the_fetch() {
        authenticator.warmUp();
        assertThat(server.matches(Outside.KEYS)).isEqualTo(1);

        assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo(ANN);
        assertThat(server.matches(Outside.KEYS)).isEqualTo(1);
    }

    @Test
    void an_issuer_without_keys_does_not_keep_the_others_cold() {
        server.on("/down", KeyServer.status(500));
        OidcAuthenticator both = OidcAuthenticator.of(
                clock, Outside.issuer("https://down.example", server, "/down").build(), issuer);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(both::warmUp)
                .withMessageContaining("https://down.example");
        server.on(Outside.KEYS, KeyServer.status(500));

        assertThat(Outside.outcome(both, Outside.token(RSA))).isEqualTo(ANN);
    }

    @Test
    void a_new_key_is_accepted_at_once() {
        authenticator.warmUp();
        server.on(Outside.KEYS, OutsideKey.set(RSA, NEXT));

        assertThat(Outside.outcome(authenticator, Outside.token(NEXT))).isEqualTo(ANN);
        assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo(ANN);
        assertThat(server.matches(Outside.KEYS)).isEqualTo(2);
    }

    @Test
    void a_key_that_was_taken_back_is_refused_when_the_cache_ends() {
        authenticator.warmUp();
        server.on(Outside.KEYS, OutsideKey.set(NEXT));

        clock.advance(Duration.ofMinutes(5));

        assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo("jwt_no_key");
        assertThat(Outside.outcome(authenticator, Outside.token(NEXT))).isEqualTo(ANN);
    }

    @Test
    void a_flood_of_unknown_keys_fetches_once_in_a_while() throws Exception {
        authenticator.warmUp();

        for (int round = 1; round <= 3; round++) {
            List<String> outcomes = inParallel(1_000, KeyRotationTest::unknown);
            assertThat(outcomes).isSubsetOf("jwt_no_key", "unavailable").contains("jwt_no_key");
            assertThat(server.matches(Outside.KEYS)).isEqualTo(1 + round);
            assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo(ANN);
            clock.advance(Duration.ofSeconds(30));
        }
    }

    /** Without a signature anybody can make such tokens; all the others must not stand still for them. */
    @Test
    void few_wait_for_a_slow_answer_about_an_unknown_key_and_they_are_let_in_if_it_is_new() throws Exception {
        authenticator.warmUp();
        CountDownLatch answer = new CountDownLatch(1);
        server.on(Outside.KEYS, KeyServer.after(answer, KeyServer.body("application/json", OutsideKey.set(RSA, NEXT))));
        ExecutorService threads = Executors.newFixedThreadPool(20);
        CompletionService<String> calls = new ExecutorCompletionService<>(threads);
        try {
            for (int i = 0; i < 20; i++) {
                calls.submit(() -> outcome(Outside.token(NEXT)));
            }
            assertThat(outcomes(calls, 16)).containsOnly("unavailable");
            assertThat(outcome(Outside.token(RSA))).isEqualTo(ANN);

            answer.countDown();

            assertThat(outcomes(calls, 4)).containsOnly(ANN);
            assertThat(outcome(Outside.token(NEXT))).isEqualTo(ANN);
            assertThat(server.matches(Outside.KEYS)).isEqualTo(2);
        } finally {
            answer.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void waiting_for_an_answer_about_an_unknown_key_ends() throws Exception {
        authenticator.warmUp();

        for (int round = 0; round < 10; round++) {
            assertThat(outcome(unknown(round))).isEqualTo("jwt_no_key");
            clock.advance(Duration.ofSeconds(30));
        }

        assertThat(server.matches(Outside.KEYS)).isEqualTo(11);
    }

    @Test
    void an_unknown_key_is_not_looked_for_twice_by_one_request() {
        assertThat(Outside.outcome(authenticator, unknown(1))).isEqualTo("jwt_no_key");
        assertThat(server.matches(Outside.KEYS)).isEqualTo(1);

        assertThat(Outside.outcome(authenticator, unknown(1))).isEqualTo("jwt_no_key");
        assertThat(server.matches(Outside.KEYS)).isEqualTo(2);
    }

    @Test
    void a_known_key_with_another_algorithm_is_no_reason_to_fetch() {
        authenticator.warmUp();

        String token = Outside.tokenWithHeader(RSA, header -> header.put("alg", "PS256"));

        assertThat(Outside.outcome(authenticator, token)).isEqualTo("jwt_no_key");
        assertThat(server.matches(Outside.KEYS)).isEqualTo(1);
    }

    @Test
    void the_first_requests_share_one_fetch() throws Exception {
        assertThat(inParallel(50, i -> Outside.token(RSA))).containsOnly(ANN);

        assertThat(server.matches(Outside.KEYS)).isEqualTo(1);
    }

    @Test
    void keys_are_renewed_ahead_while_nobody_waits() throws Exception {
        IssuerKeys keys = new IssuerKeys(issuer, new KeyFetcher(issuer)::fetch, clock);
        keys.warmUp();
        CountDownLatch answer = new CountDownLatch(1);
        server.on(Outside.KEYS, KeyServer.after(answer, KeyServer.body("application/json", OutsideKey.set(RSA, NEXT))));

        clock.advance(Duration.ofSeconds(270));
        keys.warmUp();
        assertThat(keys.settled()).isNotDone();
        keys.warmUp();
        answer.countDown();
        assertThat(keys.settled().get(30, TimeUnit.SECONDS)).isTrue();

        assertThat(server.matches(Outside.KEYS)).isEqualTo(2);
        clock.advance(Duration.ofSeconds(269));
        keys.warmUp();
        assertThat(keys.settled()).isDone();
        assertThat(server.matches(Outside.KEYS)).isEqualTo(2);
    }

    @Test
    void a_clock_that_was_set_back_leads_to_a_fetch_and_to_no_lockout() {
        authenticator.warmUp();
        clock.advance(Duration.ofHours(-2));

        String token = Outside.tokenWith(RSA, claims -> claims.remove("iat"));

        assertThat(Outside.outcome(authenticator, token)).isEqualTo(ANN);
        assertThat(server.matches(Outside.KEYS)).isEqualTo(2);
    }

    @Test
    void an_interrupted_thread_lets_nobody_in_and_stays_interrupted() {
        server.on(Outside.KEYS, server.silent());
        Thread.currentThread().interrupt();

        try {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> Outside.show(authenticator, Outside.token(RSA)));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** Its signature is not asked for. */
    private static String unknown(int number) {
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k" + number + "\"}";
        return OutsideKey.base64(header) + "." + OutsideKey.base64(JsonWriter.write(Outside.claims())) + ".YQ";
    }

    private String outcome(String token) {
        try {
            return Outside.outcome(authenticator, token);
        } catch (StoreException e) {
            return "unavailable";
        }
    }

    private static List<String> outcomes(CompletionService<String> calls, int count) throws Exception {
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Future<String> next = calls.poll(60, TimeUnit.SECONDS);
            outcomes.add(next == null ? "none" : next.get());
        }
        return outcomes;
    }

    private interface ApiTokens {
        String get(int number);
    }

    private List<String> inParallel(int count, ApiTokens tokens) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                calls.add(() -> outcome(tokens.get(number)));
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> future : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
                outcomes.add(future.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }
}
