package io.postern.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.AuthResult;
import io.postern.auth.Denial;
import io.postern.auth.StoreException;
import io.postern.auth.User;
import io.postern.auth.internal.JsonNull;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcAuthenticatorTest {

    private static final OutsideKey RSA = Outside.RSA;
    private static final OutsideKey EC = OutsideKey.of("e1", "ES256");
    private static final String ANN = Outside.ISSUER + "#1";

    private final SettableClock clock = Outside.clock();
    private final KeyServer server = new KeyServer().on(Outside.KEYS, OutsideKey.set(RSA, EC));
    private final OidcAuthenticator authenticator = trusting(issuer -> issuer);

    @AfterEach
    void stop() {
        server.close();
    }

    private OidcAuthenticator trusting(UnaryOperator<TrustedIssuer.Builder> change) {
        return OidcAuthenticator.of(
                clock,
                change.apply(Outside.issuer(server).algorithms(JwtAlgorithm.RS256, JwtAlgorithm.ES256))
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA"})
    void accepts_each_kind_of_signature(String alg) {
        OutsideKey key = OutsideKey.of("k", alg);
        server.on(Outside.KEYS, OutsideKey.set(key));

        OidcAuthenticator one =
                trusting(issuer -> issuer.algorithms(JwtAlgorithm.valueOf(alg.toUpperCase(Locale.ROOT))));

        assertThat(Outside.outcome(one, Outside.token(key))).isEqualTo(ANN);
    }

    @Test
    void the_credential_tells_the_claims_and_prints_none() {
        String token = Outside.tokenWith(RSA, claims -> {
            claims.put("email", "ann@example.org");
            claims.put("realm_access", Map.of("roles", List.of("editor", 7L, "author")));
            claims.put("empty", "");
        });

        AuthResult.Authenticated result = (AuthResult.Authenticated) Outside.show(authenticator, token);
        RemoteJwt jwt = (RemoteJwt) result.credential().orElseThrow();

        assertThat(jwt.issuer()).isEqualTo(Outside.ISSUER);
        assertThat(jwt.subject()).contains("1");
        assertThat(jwt.text("email")).contains("ann@example.org");
        assertThat(jwt.text("empty")).isEmpty();
        assertThat(jwt.claim("nothing")).isEmpty();
        assertThat(jwt.texts("realm_access", "roles")).containsExactly("editor", "author");
        assertThat(jwt.texts("email", "roles")).isEmpty();
        assertThat(jwt.texts("no", "roles")).isEmpty();
        assertThat(jwt).hasToString("RemoteJwt[https://issuer.example]");
    }

    static Stream<Arguments> bad_claims() {
        return Stream.of(
                claims("jwt_wrong_issuer", c -> c.put("iss", "https://other.example")),
                claims("jwt_wrong_issuer", c -> c.put("iss", Outside.ISSUER + "/")),
                claims("jwt_wrong_issuer", c -> c.put("iss", List.of(Outside.ISSUER))),
                claims("jwt_wrong_issuer", c -> c.remove("iss")),
                claims("jwt_wrong_audience", c -> c.put("aud", "other")),
                claims("jwt_wrong_audience", c -> c.put("aud", List.of("other"))),
                claims("jwt_wrong_audience", c -> c.put("aud", List.of())),
                claims("jwt_wrong_audience", c -> c.put("aud", List.of("api", 1L))),
                claims("jwt_wrong_audience", c -> c.remove("aud")),
                claims("jwt_expired", c -> c.put("exp", Outside.NOW - 30)),
                claims("jwt_no_exp", c -> c.remove("exp")),
                claims("jwt_bad_exp", c -> c.put("exp", "1900000000")),
                claims("jwt_bad_exp", c -> c.put("exp", true)),
                claims("jwt_expired", c -> c.put("exp", 0L)),
                claims("jwt_bad_exp", c -> c.put("exp", -1L)),
                claims("jwt_no_exp", c -> c.put("exp", JsonNull.NULL)),
                claims("jwt_wrong_audience", c -> c.put("aud", JsonNull.NULL)),
                claims("jwt_wrong_issuer", c -> c.put("iss", JsonNull.NULL)),
                claims("user_unknown", c -> c.put("sub", JsonNull.NULL)),
                claims("jwt_bad_nbf", c -> c.put("nbf", -1L)),
                claims("jwt_bad_iat", c -> c.put("iat", true)),
                claims("jwt_bad_exp", c -> c.put("exp", new BigDecimal("1e30"))),
                claims("jwt_bad_nbf", c -> c.put("nbf", "now")),
                claims("jwt_not_yet_valid", c -> c.put("nbf", Outside.NOW + 31)),
                claims("jwt_not_yet_valid", c -> c.put("iat", Outside.NOW + 31)),
                claims("jwt_bad_claim", c -> c.put("sub", 1L)),
                claims("jwt_bad_claim", c -> c.put("jti", 1L)),
                claims("user_unknown", c -> c.remove("sub")),
                claims("user_unknown", c -> c.put("sub", "")));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("bad_claims")
    void refuses_bad_claims(String reason, Consumer<Map<String, Object>> change) {
        assertThat(Outside.outcome(authenticator, Outside.tokenWith(RSA, change)))
                .isEqualTo(reason);
    }

    static Stream<Arguments> good_claims() {
        return Stream.of(
                claims(ANN, c -> c.put("aud", List.of("other", "api"))),
                claims(ANN, c -> c.put("exp", Outside.NOW - 29)),
                claims(ANN, c -> c.put("exp", new BigDecimal("1800000000.5"))),
                claims(ANN, c -> c.put("nbf", Outside.NOW + 30)),
                claims(ANN, c -> c.put("nbf", 0L)),
                claims(ANN, c -> c.put("iat", 0L)),
                claims(ANN, c -> c.put("nbf", new BigDecimal("0.0"))),
                claims(ANN, c -> c.put("nbf", new BigDecimal("1e3"))),
                claims(ANN, c -> c.put("iat", new BigDecimal("1799999999.25"))),
                claims(ANN, c -> c.put("nbf", JsonNull.NULL)),
                claims(ANN, c -> c.put("iat", JsonNull.NULL)),
                claims(ANN, c -> c.put("jti", JsonNull.NULL)),
                claims(ANN, c -> c.remove("iat")));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("good_claims")
    void accepts_good_claims(String user, Consumer<Map<String, Object>> change) {
        assertThat(Outside.outcome(authenticator, Outside.tokenWith(RSA, change)))
                .isEqualTo(user);
    }

    static Stream<Arguments> bad_headers() {
        return Stream.of(
                claims("jwt_wrong_typ", h -> h.put("typ", "rt+jwt")),
                claims("jwt_wrong_typ", h -> h.put("typ", "text/at+jwt")),
                claims("jwt_wrong_typ", h -> h.put("typ", 1L)),
                claims("jwt_wrong_typ", h -> h.remove("typ")),
                claims("jwt_no_key", h -> h.put("alg", "none")),
                claims("jwt_no_key", h -> h.put("alg", "HS256")),
                claims("jwt_no_key", h -> h.put("alg", "RS512")),
                claims("jwt_no_key", h -> h.put("alg", "rs256")),
                claims("jwt_no_key", h -> h.put("alg", "ES256")),
                claims("jwt_no_key", h -> h.remove("alg")),
                claims("jwt_no_key", h -> h.put("kid", 1L)),
                claims("jwt_no_key", h -> h.put("kid", "r9")),
                claims("jwt_no_key", h -> h.put("kid", "e1")),
                claims("jwt_no_key", h -> h.put("alg", JsonNull.NULL)),
                claims("jwt_wrong_typ", h -> h.put("typ", JsonNull.NULL)),
                claims("jwt_malformed", h -> h.put("crit", List.of("exp"))),
                claims("jwt_malformed", h -> h.put("b64", false)),
                claims("jwt_malformed", h -> h.put("jku", "https://evil.example/keys")),
                claims("jwt_malformed", h -> h.put("jwk", RSA.jwk())),
                claims("jwt_malformed", h -> h.put("crit", JsonNull.NULL)),
                claims("jwt_malformed", h -> h.put("x5c", List.of("MIIB"))),
                claims("jwt_malformed", h -> h.put("x5u", "https://evil.example/cert")),
                claims("jwt_malformed", h -> h.put("zip", "DEF")));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("bad_headers")
    void refuses_bad_headers(String reason, Consumer<Map<String, Object>> change) {
        assertThat(Outside.outcome(authenticator, Outside.tokenWithHeader(RSA, change)))
                .isEqualTo(reason);
    }

    static Stream<Arguments> headers_that_bring_keys() {
        Map<String, Object> theirs = Outside.NEXT.jwk();
        return Stream.of(
                Arguments.of("jku", "https://evil.example/keys"),
                Arguments.of("jwk", theirs),
                Arguments.of("x5u", "https://evil.example/cert"),
                Arguments.of("x5c", List.of("MIIB")),
                Arguments.of("zip", "NONE"),
                Arguments.of("jku", JsonNull.NULL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers_that_bring_keys")
    void headers_that_bring_keys_are_ignored_by_a_setting_and_never_followed(String name, Object value) {
        server.on("/evil", OutsideKey.set(Outside.NEXT));
        Object brought = name.endsWith("u") && value instanceof String
                ? server.uri("/evil").toString()
                : value;
        OidcAuthenticator ignoring = trusting(issuer -> issuer.ignoreHeaders(name));
        Consumer<Map<String, Object>> change = header -> header.put(name, brought);
        OutsideKey forger = Outside.NEXT.named("r1");
        OutsideKey stranger = Outside.NEXT;

        assertThat(Outside.outcome(authenticator, Outside.tokenWithHeader(RSA, change)))
                .isEqualTo("jwt_malformed");
        assertThat(Outside.outcome(ignoring, Outside.tokenWithHeader(RSA, change)))
                .isEqualTo(ANN);
        assertThat(Outside.outcome(ignoring, Outside.tokenWithHeader(forger, change)))
                .isEqualTo("jwt_bad_signature");
        assertThat(Outside.outcome(ignoring, Outside.tokenWithHeader(stranger, change)))
                .isEqualTo("jwt_no_key");
        assertThat(Outside.outcome(
                        ignoring, Outside.tokenWithHeader(RSA, change.andThen(h -> h.put("enc", "A128GCM")))))
                .isEqualTo("jwt_malformed");
        assertThat(Outside.outcome(
                        ignoring, Outside.tokenWithHeader(RSA, change.andThen(h -> h.put("crit", List.of(name))))))
                .isEqualTo("jwt_malformed");
        assertThat(server.matches("/evil")).isZero();
    }

    @Test
    void a_kid_that_is_null_is_absent() {
        server.on(Outside.KEYS, OutsideKey.set(RSA));

        assertThat(Outside.outcome(authenticator, Outside.tokenWithHeader(RSA, h -> h.put("kid", JsonNull.NULL))))
                .isEqualTo(ANN);
    }

    private static Consumer<Map<String, Object>> cognito(Consumer<Map<String, Object>> change) {
        return claims -> {
            claims.remove("aud");
            claims.put("client_id", "app1");
            claims.put("token_use", "access");
            change.accept(claims);
        };
    }

    static Stream<Arguments> tokens_for_clients() {
        return Stream.of(
                claims(ANN, c -> {}),
                claims(ANN, c -> c.put("aud", JsonNull.NULL)),
                claims(ANN, c -> c.put("client_id", "app2")),
                claims("jwt_wrong_audience", c -> c.put("client_id", "other")),
                claims("jwt_wrong_audience", c -> c.put("client_id", List.of("app1"))),
                claims("jwt_wrong_audience", c -> c.put("client_id", JsonNull.NULL)),
                claims("jwt_wrong_audience", c -> c.remove("client_id")),
                claims("jwt_wrong_audience", c -> c.put("aud", "other")),
                claims("jwt_wrong_audience", c -> c.put("aud", "app1")),
                claims("jwt_wrong_audience", c -> c.put("aud", List.of())));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("tokens_for_clients")
    void tokens_without_audience_are_accepted_from_named_clients(String outcome, Consumer<Map<String, Object>> change) {
        OidcAuthenticator clients = trusting(issuer -> issuer.audience().clientIds("app1", "app2"));

        assertThat(Outside.outcome(clients, Outside.tokenWith(RSA, cognito(change))))
                .isEqualTo(outcome);
    }

    @Test
    void a_token_with_audience_needs_the_audience_even_if_its_client_is_named() {
        OidcAuthenticator both = trusting(issuer -> issuer.clientIds("app1"));
        OidcAuthenticator azp = trusting(issuer -> issuer.clientIds("app1").clientIdClaim("azp"));

        assertThat(Outside.outcome(both, Outside.token(RSA))).isEqualTo(ANN);
        assertThat(Outside.outcome(both, Outside.tokenWith(RSA, cognito(c -> {}))))
                .isEqualTo(ANN);
        assertThat(Outside.outcome(both, Outside.tokenWith(RSA, cognito(c -> c.put("aud", "other")))))
                .isEqualTo("jwt_wrong_audience");
        assertThat(Outside.outcome(azp, Outside.tokenWith(RSA, cognito(c -> {}))))
                .isEqualTo("jwt_wrong_audience");
        assertThat(Outside.outcome(azp, Outside.tokenWith(RSA, cognito(c -> c.put("azp", "app1")))))
                .isEqualTo(ANN);
    }

    @Test
    void a_missing_audience_is_accepted_by_a_setting_and_a_wrong_one_never() {
        OidcAuthenticator open = trusting(TrustedIssuer.Builder::allowMissingAudience);

        assertThat(Outside.outcome(open, Outside.tokenWith(RSA, c -> c.remove("aud"))))
                .isEqualTo(ANN);
        assertThat(Outside.outcome(open, Outside.tokenWith(RSA, c -> c.put("aud", "other"))))
                .isEqualTo("jwt_wrong_audience");
    }

    @Test
    void a_missing_exp_is_accepted_by_a_setting_and_a_bad_one_never() {
        OidcAuthenticator open = trusting(TrustedIssuer.Builder::allowMissingExpiry);

        assertThat(Outside.outcome(open, Outside.tokenWith(RSA, c -> c.remove("exp"))))
                .isEqualTo(ANN);
        assertThat(Outside.outcome(open, Outside.tokenWith(RSA, c -> c.put("exp", Outside.NOW - 30))))
                .isEqualTo("jwt_expired");
        assertThat(Outside.outcome(open, Outside.tokenWith(RSA, c -> c.put("exp", "never"))))
                .isEqualTo("jwt_bad_exp");
    }

    @Test
    void numeric_ids_are_accepted_by_a_setting() {
        OidcAuthenticator open = trusting(TrustedIssuer.Builder::allowNumericIds);

        assertThat(Outside.outcome(open, Outside.tokenWith(RSA, c -> c.putAll(Map.of("sub", 1L, "jti", 7L)))))
                .isEqualTo(ANN);
        assertThat(Outside.outcome(open, Outside.tokenWith(RSA, c -> c.put("sub", new BigDecimal("1.0")))))
                .isEqualTo("jwt_bad_claim");
        assertThat(Outside.outcome(open, Outside.tokenWith(RSA, c -> c.put("sub", true))))
                .isEqualTo("jwt_bad_claim");
    }

    private static Arguments claims(String outcome, Consumer<Map<String, Object>> change) {
        return Arguments.of(outcome, change);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "JWT", "jwt"})
    void types_are_compared_without_case_and_prefix(String typ) {
        assertThat(Outside.outcome(authenticator, Outside.tokenWithHeader(RSA, header -> header.put("typ", typ))))
                .isEqualTo(ANN);
    }

    @Test
    void types_are_a_setting() {
        String untyped = Outside.tokenWithHeader(RSA, header -> header.remove("typ"));
        String plain = Outside.tokenWithHeader(RSA, header -> header.put("typ", "JWT"));

        assertThat(Outside.outcome(trusting(TrustedIssuer.Builder::allowMissingType), untyped))
                .isEqualTo(ANN);
        assertThat(Outside.outcome(trusting(issuer -> issuer.types("at+jwt")), plain))
                .isEqualTo("jwt_wrong_typ");
    }

    @Test
    void the_public_key_is_no_secret_of_an_hmac() throws GeneralSecurityException {
        String input = OutsideKey.base64("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"r1\"}") + "."
                + Outside.token(RSA).split("\\.")[1];
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(RSA.pair().getPublic().getEncoded(), "HmacSHA256"));
        String token = input + "." + OutsideKey.base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));

        assertThat(Outside.outcome(authenticator, token)).isEqualTo("jwt_no_key");
    }

    @Test
    void refuses_a_changed_payload_and_a_foreign_signature() {
        String[] parts = Outside.token(RSA).split("\\.");
        String other = Outside.tokenWith(RSA, claims -> claims.put("sub", "2")).split("\\.")[1];
        OutsideKey forger = OutsideKey.of("r1", "RS256");

        assertThat(Outside.outcome(authenticator, parts[0] + "." + other + "." + parts[2]))
                .isEqualTo("jwt_bad_signature");
        assertThat(Outside.outcome(authenticator, parts[0] + "." + parts[1] + "."))
                .isEqualTo("jwt_bad_signature");
        assertThat(Outside.outcome(authenticator, Outside.token(forger))).isEqualTo("jwt_bad_signature");
    }

    @Test
    void a_token_without_kid_is_verified_by_an_only_key() {
        server.on(Outside.KEYS, OutsideKey.set(RSA));

        assertThat(Outside.outcome(authenticator, Outside.tokenWithHeader(RSA, header -> header.remove("kid"))))
                .isEqualTo(ANN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "a.b.c", "a.b.c.d.e", "..", "e30.e30.", "e30.W10.YQ", "eyJ4.e30.YQ"})
    void refuses_what_is_no_token_without_fetching(String text) {
        assertThat(Outside.outcome(authenticator, text)).isIn("jwt_malformed", "jwt_wrong_issuer");
        assertThat(server.matches(Outside.KEYS)).isZero();
    }

    @Test
    void refuses_a_token_that_is_too_long() {
        String token = Outside.token(RSA);
        String longer = Outside.tokenWith(RSA, claims -> claims.put("pad", "a".repeat(300)));

        assertThat(Outside.outcome(authenticator.withMaxToken(token.length()), token))
                .isEqualTo(ANN);
        assertThat(Outside.outcome(authenticator.withMaxToken(token.length()), longer))
                .isEqualTo("jwt_malformed");
    }

    @Test
    void reads_bearer_headers_only() {
        assertThat(authenticator.authenticate(FakeRequest.get())).isInstanceOf(AuthResult.NotAttempted.class);
        assertThat(authenticator.authenticate(FakeRequest.get().authorization("Basic YTpi")))
                .isInstanceOf(AuthResult.NotAttempted.class);
        assertThat(authenticator.authenticate(FakeRequest.get().authorization("bearer " + Outside.token(RSA))))
                .isInstanceOf(AuthResult.Authenticated.class);
        assertThat(denial(authenticator.authenticate(FakeRequest.get().authorization("Bearer a b")))
                        .code())
                .isEqualTo("bad_authorization_header");
    }

    @Test
    void a_refusal_reads_as_simplejwt_writes_it() {
        Denial denial = denial(Outside.show(
                authenticator.withRealm("outside"), Outside.tokenWith(RSA, c -> c.put("exp", Outside.NOW - 99))));

        assertThat(denial.status()).isEqualTo(401);
        assertThat(denial.detail()).isEqualTo("Given token not valid for any token type");
        assertThat(denial.code()).isEqualTo("token_not_valid");
        assertThat(denial.members())
                .containsEntry("code", "token_not_valid")
                .containsEntry(
                        "messages",
                        List.of(Map.of(
                                "token_class", "AccessToken", "token_type", "access", "message", "Token is expired")));
        assertThat(denial.challenges().get(0).header()).isEqualTo("Bearer realm=\"outside\", error=\"invalid_token\"");
        assertThat(authenticator.challenge(FakeRequest.get()).orElseThrow().header())
                .isEqualTo("Bearer realm=\"api\"");
    }

    private static Denial denial(AuthResult result) {
        return ((AuthResult.Rejected) result).denial();
    }

    @Test
    void users_are_looked_up_by_subject_or_by_name() {
        OidcAuthenticator byId = trusting(issuer -> issuer.users(UserMapping.bySubject(Users.store())));
        OidcAuthenticator byName = trusting(issuer -> issuer.users(UserMapping.byUsername("nick", Users.store())));

        assertThat(user(byId, Outside.token(RSA))).isEqualTo(Users.ANN);
        assertThat(user(byName, Outside.tokenWith(RSA, c -> c.put("nick", "ann"))))
                .isEqualTo(Users.ANN);
        assertThat(Outside.outcome(byId, Outside.tokenWith(RSA, c -> c.put("sub", "9"))))
                .isEqualTo("user_unknown");
        assertThat(Outside.outcome(byId, Outside.tokenWith(RSA, c -> c.put("sub", "2"))))
                .isEqualTo("user_inactive");
        assertThat(Outside.outcome(byName, Outside.token(RSA))).isEqualTo("user_unknown");
    }

    private static User user(OidcAuthenticator authenticator, String token) {
        return ((AuthResult.Authenticated) Outside.show(authenticator, token)).user();
    }

    @Test
    void a_broken_user_store_is_no_bad_token() {
        OidcAuthenticator broken = trusting(issuer -> issuer.users(UserMapping.bySubject(Users.broken())));

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> Outside.show(broken, Outside.token(RSA)));
    }

    @Test
    void claims_make_a_user_only_as_far_as_the_application_says() {
        String token = Outside.tokenWith(RSA, claims -> {
            claims.put("is_staff", true);
            claims.put("is_superuser", true);
            claims.put("roles", List.of("editor"));
            claims.put("permissions", List.of("app.change_note"));
        });
        OidcAuthenticator mapped = trusting(issuer -> issuer.users(jwt -> Optional.of(ClaimsUser.of(jwt.issuer(), "1")
                .withUsername("ann")
                .withRoles(jwt.texts("roles"))
                .withPermissions(jwt.texts("permissions")))));

        User plain = user(authenticator, token);
        assertThat(plain.isStaff() || plain.isSuperuser()).isFalse();
        assertThat(plain.roles()).isEmpty();
        assertThat(plain.hasPermission("app.change_note")).isFalse();
        assertThat(plain.username()).isEqualTo(ANN);
        User user = user(mapped, token);
        assertThat(user).isEqualTo(new ClaimsUser(ANN, "ann", Set.of("editor"), Set.of("app.change_note")));
        assertThat(user.hasPermission("app.change_note")).isTrue();
    }

    @Test
    void several_issuers_are_chosen_by_iss_and_cannot_sign_for_each_other() {
        String second = "https://second.example";
        server.on("/second", OutsideKey.set(Outside.NEXT.named("r1")));
        OidcAuthenticator both = OidcAuthenticator.of(
                clock,
                Outside.issuer(server).build(),
                Outside.issuer(second, server, "/second").build());
        OutsideKey theirs = Outside.NEXT.named("r1");

        assertThat(Outside.outcome(both, Outside.token(RSA))).isEqualTo(ANN);
        assertThat(server.matches("/second")).isZero();
        assertThat(Outside.outcome(both, Outside.tokenWith(theirs, c -> c.put("iss", second))))
                .isEqualTo(second + "#1");
        assertThat(Outside.outcome(both, Outside.tokenWith(RSA, c -> c.put("iss", second))))
                .isEqualTo("jwt_bad_signature");
        assertThat(Outside.outcome(both, Outside.token(theirs))).isEqualTo("jwt_bad_signature");
    }

    @Test
    void leaves_to_the_next_what_no_trusted_issuer_has_issued() {
        OidcAuthenticator beside = authenticator.passOnUnknownIssuers();

        assertThat(Outside.outcome(beside, Outside.tokenWith(RSA, c -> c.put("iss", "https://own.example"))))
                .isEqualTo("not attempted");
        assertThat(Outside.outcome(beside, Outside.tokenWith(RSA, c -> c.remove("iss"))))
                .isEqualTo("not attempted");
        assertThat(Outside.outcome(beside, "opaque")).isEqualTo("not attempted");
        assertThat(Outside.outcome(beside, "a b")).isEqualTo("not attempted");
        assertThat(Outside.outcome(beside, Outside.token(RSA))).isEqualTo(ANN);
        assertThat(Outside.outcome(beside, Outside.tokenWith(RSA, c -> c.put("aud", "other"))))
                .isEqualTo("jwt_wrong_audience");
    }

    @Test
    void expires_with_the_clock() {
        String token = Outside.tokenWith(RSA, claims -> claims.put("exp", Outside.NOW + 60));

        assertThat(Outside.outcome(authenticator, token)).isEqualTo(ANN);
        clock.advance(Duration.ofSeconds(90));
        assertThat(Outside.outcome(authenticator, token)).isEqualTo("jwt_expired");
    }
}
