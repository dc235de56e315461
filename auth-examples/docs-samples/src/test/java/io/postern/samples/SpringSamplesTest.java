package io.postern.samples;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.password.PasswordHasher.argon2id;
import static io.postern.auth.password.PasswordHasher.preferring;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.postern.Postern;
import io.postern.auth.servlet.AuthFilter;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks the shop of the page for those who know Spring Security what Spring Security 6.5 was asked, on Jetty. */
class SpringSamplesTest {

    private static final String HASH = "{bcrypt}$2a$04$HLymvcV5V7YDOIfBcwS6JOJn4XBKFGKuUq/ZqDvydg9.q.RXU7niK";
    private static final InMemoryUserStore USERS = new InMemoryUserStore();

    private static KeyPair pair;
    private static HttpServer issuer;
    private static Site server;

    @BeforeAll
    static void start() throws Exception {
        pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        issuer = issuer();
        USERS.add(UserRecord.builder("1", "ann").roles("EDITOR").build(), HASH);
        USERS.add(UserRecord.builder("2", "sue").roles("ADMIN").build(), HASH);
        Postern postern =
                SpringSamples.shop(USERS, SpringSamples.issuer(address(issuer)).allowInsecureHttp());
        server = new Site(context -> {
            AuthFilter.register(context, postern);
            context.addServlet("echo", new Echo()).addMapping("/*");
        });
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.stop(0);
    }

    /** Spring Security answers the same, but for the slash after {@code /health}. */
    @ParameterizedTest
    @CsvSource({
        "GET,  /health,    200, 200, 200, 200",
        "GET,  /catalog,   200, 200, 200, 200",
        "GET,  /catalog/1, 200, 200, 200, 200",
        "POST, /catalog/1, 401, 200, 403, 403",
        "GET,  /orders,    401, 200, 200, 200",
        "POST, /orders,    401, 200, 200, 200",
        "GET,  /admin,     401, 403, 200, 403",
        "GET,  /admin/x,   401, 403, 200, 403",
        "GET,  /reports/x, 401, 403, 403, 200",
        "GET,  /none,      401, 200, 200, 200",
        "GET,  /health/,   200, 200, 200, 200",
        "GET,  /catalog;a, 400, 400, 400, 400",
        "GET,  /orders//1, 400, 400, 400, 400",
    })
    void a_request_is_answered_as_before(String method, String path, int nobody, int ann, int sue, int bob)
            throws Exception {
        assertThat(status(method, path)).isEqualTo(nobody);
        assertThat(status(method, path, "Authorization", Site.basic("ann", "looking-glass")))
                .isEqualTo(ann);
        assertThat(status(method, path, "Authorization", Site.basic("sue", "looking-glass")))
                .isEqualTo(sue);
        assertThat(status(method, path, "Authorization", "Bearer " + token())).isEqualTo(bob);
    }

    @Test
    void strangers_are_asked_for_a_password() {
        HttpResponse<String> answer = server.get("/orders");

        assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly("Basic realm=\"api\"");
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
    }

    @Test
    void bad_credentials_are_refused() {
        String wrong = Site.basic("ann", "rabbit-hole");

        assertThat(status("GET", "/catalog/1", "Authorization", wrong)).isEqualTo(401);
        assertThat(status("GET", "/health", "Authorization", wrong)).isEqualTo(401);
        assertThat(status("GET", "/orders", "Authorization", "Bearer x.y.z")).isEqualTo(401);
    }

    @Test
    void a_login_renews_the_hash() {
        USERS.add(UserRecord.of("3", "tom"), HASH);

        assertThat(status("GET", "/orders", "Authorization", Site.basic("tom", "looking-glass")))
                .isEqualTo(200);
        assertThat(USERS.findById("3").map(StoredUser::passwordHash).orElseThrow())
                .startsWith("$argon2id$");
    }

    @Test
    void roles_have_no_prefix() {
        assertThat(server.get("/admin/x", "Authorization", Site.basic("sue", "looking-glass"))
                        .body())
                .isEqualTo("sue true false");
    }

    @Test
    void what_the_other_keeps_is_open() {
        Postern postern = SpringSamples.beside(Postern.builder()
                        .users(USERS)
                        .passwords(login -> login.hasher(preferring(argon2id(), new BcryptHasher(10))))
                        .authenticators(basic())
                        .permissions((request, who) -> who.user().hasPermission("orders:write")))
                .build();
        try (Site both = new Site(context -> {
            AuthFilter.register(context, postern);
            context.addServlet("echo", new Echo()).addMapping("/*");
        })) {
            assertThat(both.get("/old/a", "Authorization", "Bearer what-Spring-reads")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(both.get("/new", "Authorization", Site.basic("ann", "looking-glass"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(both.get("/new").statusCode()).isEqualTo(401);
        }
    }

    private static int status(String method, String path, String... headers) {
        return (method.equals("GET") ? server.get(path, headers) : server.post(path, "{}", headers)).statusCode();
    }

    private static HttpServer issuer() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        Map<String, String> answers = Map.of(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(address(server)),
                "/keys",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k1\",\"alg\":\"RS256\",\"e\":\"AQAB\",\"n\":\"%s\"}]}"
                        .formatted(base64(key.getModulus().toByteArray())));
        answers.forEach((path, json) -> server.createContext(path, exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, json.length());
                exchange.getResponseBody().write(json.getBytes(US_ASCII));
            }
        }));
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token of bob, whose scope is {@code reports} and another. */
    private static String token() throws Exception {
        long now = Instant.now().getEpochSecond();
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}";
        String claims = "{\"iss\":\"%s\",\"aud\":\"shop\",\"sub\":\"bob\",\"scope\":\"reports read\",\"exp\":%d}"
                .formatted(address(issuer), now + 300);
        String input = base64(header.getBytes(US_ASCII)) + "." + base64(claims.getBytes(US_ASCII));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(input.getBytes(US_ASCII));
        return input + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Tells who asks. */
    private static final class Echo extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .write(request.getRemoteUser() + " " + request.isUserInRole("ADMIN") + " "
                            + request.isUserInRole("ROLE_ADMIN"));
        }
    }
}
