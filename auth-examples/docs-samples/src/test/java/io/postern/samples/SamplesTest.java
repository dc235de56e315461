package io.postern.samples;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import com.sun.net.httpserver.HttpServer;
import io.postern.Guard;
import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.DeniedException;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the samples that need no servlet. */
class SamplesTest {

    private static final byte[] KEY = "thirty-two-bytes-for-a-mere-test".getBytes(StandardCharsets.US_ASCII);

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final TokenStore store = new InMemoryStores().tokens();
    private final KeyRing keys = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, KEY));

    @BeforeEach
    void addUser() {
        users.add(UserRecord.of("1", "ann"), PasswordHasher.pbkdf2(1_000).hash(Password.of("looking-glass")));
    }

    @Test
    void permissions_are_composed() {
        assertThat(PermissionSamples.composed()).hasSize(3);
        assertThat(PermissionSamples.models()).doesNotHaveDuplicates();
    }

    @Test
    void a_lambda_is_a_permission() throws Exception {
        Clock tuesday = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
        Clock monday = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
        overHttp("", request -> {
            assertThat(PermissionSamples.own(tuesday).allows(request, Authentication.anonymous()))
                    .isTrue();
            assertThat(PermissionSamples.own(monday).allows(request, Authentication.anonymous()))
                    .isFalse();
            return AuthResponse.empty(204);
        });
    }

    @Test
    void throttles_and_proxies_are_built() {
        assertThat(ThrottleSamples.throttled(users).defaultPolicy().throttles()).hasSize(2);
        assertThat(ThrottleSamples.burst(users, new InMemoryStores().counters())
                        .defaultPolicy()
                        .throttles())
                .hasSize(2);
        assertThat(ThrottleSamples.behindProxies(builder()).gate()).isNotNull();
    }

    @Test
    void passwords_are_checked_and_hashed_again() {
        Postern postern = PasswordSamples.hashed(users);

        assertThat(PasswordSamples.check(postern, "ann", "looking-glass")).isEqualTo("hello ann");
        assertThat(users.findById("1").orElseThrow().passwordHash()).startsWith("$argon2id$");
        assertThat(PasswordSamples.check(postern, "ann", "rabbit-hole")).isEqualTo("no");
    }

    @Test
    void a_new_password_ends_tokens() {
        Postern postern = TokenSamples.configured(users, store);
        String token = TokenSamples.issue(postern, "1");
        assertThat(postern.tokens().find(token)).isPresent();

        PasswordSamples.change(users, postern, PasswordHasher.pbkdf2(1_000), "1", "rabbit-hole");

        assertThat(postern.tokens().find(token)).isEmpty();
    }

    @Test
    void tokens_are_issued_and_revoked() {
        Postern postern = TokenSamples.configured(users, store);
        String token = TokenSamples.issue(postern, "1");
        assertThat(token).startsWith("acme_");

        String id = postern.tokens().list("1", Paging.first(1_000)).get(0).id();
        assertThat(TokenSamples.revoke(postern, "1", id))
                .extracting(StoredToken::name)
                .containsExactly("laptop");
        assertThat(TokenSamples.deleteExpired(postern)).isZero();

        assertThat(postern.tokens().find(token)).isEmpty();
    }

    @Test
    void tokens_of_drf_stay_valid_beside_those_of_logins() {
        Postern postern = TokenSamples.drf(builder(), store, KEY).build();
        String existing = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";

        TokenSamples.adopt(postern, "1", existing);

        String ofLogin = postern.tokens().getOrIssue("1").value().reveal();
        assertThat(ofLogin).matches("[0-9a-f]{40}").isNotEqualTo(existing);
        assertThat(postern.tokens().getOrIssue("1").value().reveal()).isEqualTo(ofLogin);
        assertThat(postern.tokens().find(existing)).isPresent();
        assertThat(TokenSamples.credential(Authentication.anonymous())).isEmpty();
    }

    @Test
    void signed_tokens_are_configured() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();

        assertThat(JwtSamples.pair(pair, generator.generateKeyPair()).canSign()).isTrue();
        assertThat(JwtSamples.configured(users, keys).endpoints().paths()).contains("/jwt/create/");
        assertThat(JwtSamples.strict(builder(), keys).build()).isNotNull();
        assertThat(JwtSamples.claim(Authentication.anonymous())).isEmpty();
    }

    @Test
    void a_public_key_verifies_alone() {
        String jwk = """
                {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": "k1",
                 "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

        assertThat(JwtSamples.stateless(jwk).endpoints().paths()).isEmpty();
    }

    @Test
    void settings_are_set_one_by_one() {
        Postern postern = SettingsSamples.realm(SettingsSamples.single(SessionSamples.csrf(guarded())))
                .build();

        assertThat(postern.defaultPolicy().authenticators()).hasSize(1);
    }

    @Test
    void listeners_receive_events() throws Exception {
        LongAdder failures = new LongAdder();
        Postern postern = EventSamples.counting(builder().jwt(keys), failures).build();
        String wrong = "{\"username\":\"ann\",\"password\":\"no\"}";

        HttpResponse<String> answer = overHttp(
                wrong,
                request -> EmbedSamples.endpoint(
                        postern.guard(), request, request.exchange().getRequestBody()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(failures.sum()).isEqualTo(1);
    }

    @Test
    void an_own_event_reaches_the_listeners() {
        List<AuthEvent> received = new ArrayList<>();
        Postern postern =
                EventSamples.buffered(builder(), received::add, Runnable::run).build();

        EventSamples.publish(postern, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), "1");

        assertThat(received).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("TermsAccepted");
            assertThat(event.at()).isEqualTo(Instant.EPOCH);
            assertThat(event.fields()).containsOnly(entry("user", "1"), entry("version", 3));
        });
    }

    @Test
    void a_framework_enters_through_the_guard() throws Exception {
        Postern postern = builder().build();

        HttpResponse<String> answer = overHttp(
                "",
                request -> EmbedSamples.respond(
                        postern,
                        request,
                        who -> AuthResponse.json(200, Map.of("hello", who.user().username()))));

        assertThat(answer.body()).isEqualTo("{\"hello\":\"ann\"}");
    }

    @Test
    void a_framework_evaluates_routes_and_objects() throws Exception {
        Postern postern = Postern.builder()
                .users(users)
                .authenticators(basic())
                .permissions(isAuthenticated(), new IsOwner())
                .build();
        Guard guard = postern.guard();

        overHttp("", request -> {
            Guard.Entered ann = (Guard.Entered) guard.enter(request);
            assertThat(EmbedSamples.route(postern, request)).isInstanceOf(Guard.Respond.class);
            EmbedSamples.object(guard, ann, new Note("1", "mine"));
            assertThatExceptionOfType(DeniedException.class)
                    .isThrownBy(() -> EmbedSamples.object(guard, ann, new Note("2", "not mine")));
            return AuthResponse.empty(204);
        });
    }

    private PosternBuilder builder() {
        return guarded().authenticators(basic());
    }

    private PosternBuilder guarded() {
        return Postern.builder().users(users).permissions(isAuthenticated());
    }

    private interface Handler {
        AuthResponse answer(ExchangeRequest request) throws IOException;
    }

    /** Sends one request as ann to the JDK's own server, and fails if the handler does. */
    private static HttpResponse<String> overHttp(String body, Handler handler) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Throwable[] failure = new Throwable[1];
        server.createContext("/", exchange -> {
            try (exchange) {
                EmbedSamples.write(exchange, handler.answer(new ExchangeRequest(exchange)));
            } catch (Throwable e) {
                failure[0] = e;
            }
        });
        server.start();
        try {
            URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/json")
                    .header("Authorization", Site.basic("ann", "looking-glass"))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("the handler failed", failure[0] == null ? e : failure[0]);
        } finally {
            server.stop(0);
        }
    }
}
