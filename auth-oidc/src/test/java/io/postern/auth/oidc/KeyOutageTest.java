package io.postern.auth.oidc;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpHandler;
import io.postern.Guard;
import io.postern.Postern;
import io.postern.auth.Policy;
import io.postern.auth.StoreException;
import io.postern.auth.internal.OutageLog;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.InMemoryUserStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A key server that is down, slow, endless or wrong. */
class KeyOutageTest {

    private static final OutsideKey RSA = Outside.RSA;
    private static final String ANN = Outside.ISSUER + "#1";
    private static final String CANARY = "/canary";

    private final SettableClock clock = Outside.clock();
    private final KeyServer server =
            new KeyServer().on(Outside.KEYS, OutsideKey.set(RSA)).on(CANARY, OutsideKey.set(RSA));
    private final OidcAuthenticator authenticator = OidcAuthenticator.of(clock, patient(Duration.ofSeconds(10)));

    @AfterEach
    void stop() {
        server.close();
    }

    private IssuerKeys keys(Duration patience) {
        TrustedIssuer issuer = patient(patience);
        return new IssuerKeys(issuer, new KeyFetcher(issuer)::fetch, clock);
    }

    private TrustedIssuer patient(Duration patience) {
        return Outside.issuer(server)
                .fetching(KeyFetching.defaults().withTimeouts(patience, patience))
                .build();
    }

    static Stream<Arguments> faults() {
        Map<String, Object> twin = Outside.NEXT.named("r1").jwk();
        Map<String, Object> weak = RSA.jwk();
        weak.put("n", "AQAB");
        Map<String, Object> encrypting = RSA.jwk();
        encrypting.put("use", "enc");
        Map<String, Object> wrapping = RSA.jwk();
        wrapping.put("key_ops", List.of("encrypt"));
        Map<String, Object> otherAlgorithm = RSA.jwk();
        otherAlgorithm.put("alg", "RSA-OAEP");
        Map<String, Object> secret = new LinkedHashMap<>(Map.of("kty", "oct", "kid", "o1", "k", "c2VjcmV0"));
        String good = OutsideKey.set(RSA);
        return Stream.of(
                fault("an error", server -> KeyServer.status(500)),
                fault("not found", server -> KeyServer.status(404)),
                fault("no content", server -> KeyServer.status(204)),
                fault("a set with another status", server -> KeyServer.body(202, "application/json", good)),
                fault("a redirect", server -> KeyServer.redirect(server.uri(CANARY))),
                fault("HTML", server -> KeyServer.body("text/html", "<html>")),
                fault("bytes that are not UTF-8", server -> KeyServer.bytes("{\"keys\":[\"\u00E9\"]}")),
                fault("HTML as JSON", json("<html>")),
                fault("nothing", json("")),
                fault("half a set", json(good.substring(0, good.length() / 2))),
                fault("two objects", json(good + good)),
                fault("a list", json("[" + good + "]")),
                fault("no list of keys", json("{\"keys\":{}}")),
                fault("an empty set", json("{\"keys\":[]}")),
                fault("a key that is none", json("{\"keys\":[1]}")),
                fault("a member twice", json(good.replace("{\"keys\"", "{\"keys\":[],\"keys\""))),
                fault("a private key", keys(List.of(RSA.privateJwk()))),
                fault("a private key beside its public half", keys(List.of(RSA.jwk(), RSA.privateJwk()))),
                fault("a secret", keys(List.of(secret))),
                fault("two keys of one kid", keys(List.of(RSA.jwk(), twin))),
                fault("a weak key", keys(List.of(weak))),
                fault("an encryption key", keys(List.of(encrypting))),
                fault("a key that wraps", keys(List.of(wrapping))),
                fault("a key of another algorithm", keys(List.of(otherAlgorithm))),
                fault("ten megabytes", server -> KeyServer.huge(good, false)),
                fault("ten megabytes in chunks", server -> KeyServer.huge(good, true)));
    }

    private static Arguments fault(String name, Function<KeyServer, HttpHandler> answer) {
        return Arguments.of(name, answer);
    }

    private static Function<KeyServer, HttpHandler> json(String text) {
        return server -> KeyServer.body("application/json", text);
    }

    private static Function<KeyServer, HttpHandler> keys(List<Map<String, Object>> jwks) {
        return json(OutsideKey.set(jwks));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void without_keys_nobody_gets_in_and_no_token_is_called_bad(String name, Function<KeyServer, HttpHandler> fault) {
        server.on(Outside.KEYS, fault.apply(server));

        assertUnavailable(authenticator);
        assertUnavailable(authenticator);
        assertThat(server.matches(Outside.KEYS)).isEqualTo(1);
        assertThat(server.matches(CANARY)).isZero();

        server.on(Outside.KEYS, OutsideKey.set(RSA));
        clock.advance(Duration.ofSeconds(30));
        assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo(ANN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void old_keys_are_kept_for_a_bounded_time(String name, Function<KeyServer, HttpHandler> fault) {
        authenticator.warmUp();
        server.on(Outside.KEYS, fault.apply(server));

        clock.advance(Duration.ofMinutes(5));
        assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo(ANN);
        assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo(ANN);
        assertThat(server.matches(Outside.KEYS)).isEqualTo(2);
        assertThat(server.matches(CANARY)).isZero();

        clock.advance(Duration.ofMinutes(60));
        assertUnavailable(authenticator);
    }

    private static void assertUnavailable(OidcAuthenticator authenticator) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> Outside.show(authenticator, Outside.token(RSA)))
                .withMessageContaining(Outside.ISSUER);
    }

    @Test
    void a_request_gets_503_while_the_key_server_is_down() {
        OidcAuthenticator down =
                OidcAuthenticator.of(clock, Outside.issuer(server).build());
        server.close();
        Policy policy = Policy.builder()
                .authenticators(down)
                .permissions((request, authentication) -> true)
                .build();

        Postern postern = Postern.builder()
                .users(new InMemoryUserStore())
                .authenticators(basic())
                .permissions(isAuthenticated())
                .build();

        Guard.Outcome outcome =
                postern.guard().enter(FakeRequest.get().authorization("Bearer " + Outside.token(RSA)), policy);

        assertThat(((Guard.Respond) outcome).response().status()).isEqualTo(503);
        assertThatExceptionOfType(StoreException.class).isThrownBy(down::warmUp);
    }

    @Test
    void a_silent_server_is_left_in_time() {
        assertLeftInTime(server.silent());
    }

    @Test
    void a_server_that_never_ends_is_left_in_time() {
        assertLeftInTime(server.stuckInTheBody());
    }

    private void assertLeftInTime(HttpHandler answer) {
        server.on(Outside.KEYS, answer);
        IssuerKeys keys = keys(Duration.ofMillis(50));

        assertThatExceptionOfType(StoreException.class).isThrownBy(keys::warmUp);
        assertThat(keys.settled()).isDone();
    }

    @Test
    void during_an_outage_nobody_waits() {
        IssuerKeys keys = keys(Duration.ofSeconds(30));
        keys.warmUp();
        server.on(Outside.KEYS, KeyServer.status(500));
        clock.advance(Duration.ofMinutes(5));
        keys.warmUp();

        server.on(Outside.KEYS, server.silent());
        clock.advance(Duration.ofSeconds(30));
        keys.warmUp();

        assertThat(keys.settled()).isNotDone();
        assertThat(keys.find("RS256", "r1")).isNotNull();
    }

    @Test
    void a_clock_that_was_set_back_does_not_make_the_outage_longer() {
        server.on(Outside.KEYS, KeyServer.status(500));
        assertUnavailable(authenticator);
        server.on(Outside.KEYS, OutsideKey.set(RSA));
        clock.advance(Duration.ofHours(-2));

        String token = Outside.tokenWith(RSA, claims -> claims.remove("iat"));

        assertThat(Outside.outcome(authenticator, token)).isEqualTo(ANN);
    }

    @Test
    void a_key_that_nobody_knows_is_not_called_bad_during_an_outage() {
        authenticator.warmUp();
        server.on(Outside.KEYS, KeyServer.status(500));
        clock.advance(Duration.ofMinutes(5));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> Outside.show(authenticator, Outside.token(Outside.NEXT)));
        assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo(ANN);
    }

    @Test
    void an_outage_is_logged_with_one_stack_then_counted_then_ended() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(OutageLog.class);
        lines.start();
        logger.addAppender(lines);
        try {
            server.on(Outside.KEYS, KeyServer.status(500));
            for (int i = 0; i < 3; i++) {
                assertUnavailable(authenticator);
                assertUnavailable(authenticator);
                clock.advance(Duration.ofSeconds(30));
            }
            server.on(Outside.KEYS, OutsideKey.set(RSA));
            assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo(ANN);
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "the keys of https://issuer.example: not available; further failures are counted",
                        "the keys of https://issuer.example: 3 failures in this outage, the last one: "
                                + "java.io.IOException: the response has status 500",
                        "the keys of https://issuer.example: available again, after 3 failures");
        assertThat(lines.list)
                .extracting(line -> line.getThrowableProxy() != null)
                .containsExactly(true, false, false);
    }

    @Test
    void other_keys_of_the_set_do_not_spoil_it() {
        Map<String, Object> encrypting = Outside.NEXT.jwk();
        encrypting.put("use", "enc");
        Map<String, Object> strange = Map.of("kty", "AKP", "kid", "pq", "alg", "ML-DSA-44", "pub", "AAAA");
        server.on(Outside.KEYS, OutsideKey.set(List.of(encrypting, strange, RSA.jwk())));

        assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo(ANN);
        assertThat(Outside.outcome(authenticator, Outside.token(Outside.NEXT))).isEqualTo("jwt_no_key");
    }

    @Test
    void a_key_without_alg_is_used_with_what_is_allowed() {
        Map<String, Object> open = RSA.jwk();
        open.remove("alg");
        server.on(
                Outside.KEYS, KeyServer.body("application/jwk-set+json;charset=UTF-8", OutsideKey.set(List.of(open))));

        assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo(ANN);
        assertThat(Outside.outcome(authenticator, Outside.token(new OutsideKey("r1", "PS256", RSA.pair()))))
                .isEqualTo("jwt_no_key");
    }
}
