package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.AuthResult;
import io.postern.auth.Denial;
import io.postern.auth.internal.Sha256;
import io.postern.auth.testing.HeapDump;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A token that was verified once gets no response that it would not get if it were verified by each request. */
class VerifiedTokensTest {

    private static final Duration LIFETIME = Duration.ofSeconds(100);

    private final SettableClock clock = SettableClock.at(Jwts.NOW);
    private final InMemoryUserStore users = Users.store();
    private final String token = Jwts.token(Jwts.CLAIMS.replace("1800000300", "1800000100"));
    private final JwtAuthenticator jwt = JwtAuthenticator.of(Jwts.drf(), users, clock);

    @Test
    void a_token_is_remembered_by_its_whole_text() {
        JwtVerifier verifier = new JwtVerifier(Jwts.drf(), clock);
        VerifiedTokens tokens = new VerifiedTokens(10, verifier, clock);
        VerifiedTokens.Entry entry = entry(verifier, token);

        tokens.add(Sha256.of(token), token.length(), entry);

        assertThat(tokens.find(Sha256.of(token))).isSameAs(entry);
        String signature = token.substring(token.lastIndexOf('.'));
        String other = Jwts.token(Jwts.CLAIMS.replace("\"1\"", "\"2\""));
        assertThat(tokens.find(Sha256.of(other))).isNull();
        assertThat(tokens.find(Sha256.of(other.substring(0, other.lastIndexOf('.')) + signature)))
                .isNull();
    }

    @Test
    void a_forged_payload_under_a_known_signature_is_refused() {
        assertThat(userId(bearer(jwt, token))).isEqualTo("1");
        String payload = Jwts.base64(Jwts.CLAIMS.replace("\"user_id\":\"1\"", "\"user_id\":\"2\""));

        String forged = token.substring(0, token.indexOf('.') + 1) + payload + token.substring(token.lastIndexOf('.'));

        assertThat(denial(bearer(jwt, forged)).reason()).isEqualTo("jwt_bad_signature");
    }

    @Test
    void expiry_is_checked_by_each_request() {
        assertThat(userId(bearer(jwt, token))).isEqualTo("1");
        clock.advance(LIFETIME.minusMillis(1));
        assertThat(userId(bearer(jwt, token))).isEqualTo("1");

        clock.advance(Duration.ofMillis(1));

        assertThat(denial(bearer(jwt, token)).reason()).isEqualTo("jwt_expired");
    }

    @Test
    void a_clock_that_goes_back_before_the_token_refuses_it() {
        assertThat(userId(bearer(jwt, token))).isEqualTo("1");

        clock.advance(Duration.ofSeconds(-1));

        assertThat(denial(bearer(jwt, token)).reason()).isEqualTo("jwt_not_yet_valid");
    }

    @Test
    void a_token_is_verified_again_after_five_minutes_whatever_its_lifetime() {
        JwtVerifier verifier = new JwtVerifier(Jwts.drf(), clock);
        VerifiedTokens tokens = new VerifiedTokens(10, verifier, clock);
        String lasting = Jwts.token(Jwts.CLAIMS.replace("1800000300", "1900000000"));
        tokens.add(Sha256.of(lasting), lasting.length(), entry(verifier, lasting));

        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(tokens.find(Sha256.of(lasting))).isNotNull();
        clock.advance(Duration.ofMillis(1));
        assertThat(tokens.find(Sha256.of(lasting))).isNull();
    }

    @Test
    void revocation_is_looked_up_by_each_request() {
        AtomicBoolean revoked = new AtomicBoolean();
        JwtAuthenticator refusing = jwt.refusing(found -> revoked.get());
        assertThat(userId(bearer(refusing, token))).isEqualTo("1");

        revoked.set(true);
        assertThat(denial(bearer(refusing, token)).reason()).isEqualTo("jwt_revoked");

        revoked.set(false);
        assertThat(userId(bearer(refusing, token))).isEqualTo("1");
    }

    @Test
    void a_removed_key_refuses_its_tokens_at_once() {
        AtomicReference<KeyRing> source = new AtomicReference<>(Jwts.keys());
        KeyRing ring = KeyRing.reloading(source::get);
        JwtAuthenticator reloading =
                JwtAuthenticator.of(JwtSettings.builder(ring).build(), users, clock);
        assertThat(userId(bearer(reloading, token))).isEqualTo("1");

        source.set(KeyRing.of(Keys.other(JwtAlgorithm.HS256).withId("k1")));
        ring.reload();

        assertThat(denial(bearer(reloading, token)).reason()).isEqualTo("jwt_bad_signature");
    }

    @Test
    void a_token_that_another_key_verified_while_the_keys_were_reloaded_is_not_found() {
        JwtVerifier verifier = new JwtVerifier(Jwts.drf(), clock);
        VerifiedTokens tokens = new VerifiedTokens(10, verifier, clock);
        VerifiedTokens.Entry entry = entry(verifier, token);
        JwtKey before = Keys.other(JwtAlgorithm.HS256).withId("k1");

        tokens.add(
                Sha256.of(token),
                token.length(),
                new VerifiedTokens.Entry(entry.jwt(), entry.header(), before, entry.since(), null));

        assertThat(tokens.find(Sha256.of(token))).isNull();
    }

    @Test
    void a_retired_key_refuses_its_tokens_at_once() {
        JwtKey retiring = JwtKey.hmac(JwtAlgorithm.HS256, Jwts.SECRET).withRetirement(Jwts.NOW.plusSeconds(50));
        JwtAuthenticator authenticator =
                JwtAuthenticator.of(JwtSettings.builder(KeyRing.of(retiring)).build(), users, clock);
        clock.advance(Duration.ofSeconds(49));
        assertThat(userId(bearer(authenticator, token))).isEqualTo("1");

        clock.advance(Duration.ofSeconds(1));

        assertThat(denial(bearer(authenticator, token)).reason()).isEqualTo("jwt_no_key");
    }

    @Test
    void the_user_is_looked_up_by_each_request() {
        assertThat(userId(bearer(jwt, token))).isEqualTo("1");

        users.update(UserRecord.builder("1", "ann").active(false).build());
        assertThat(denial(bearer(jwt, token)).reason()).isEqualTo("user_inactive");

        users.update(UserRecord.builder("1", "ann").roles("editor").build());
        assertThat(((AuthResult.Authenticated) bearer(jwt, token)).user().roles())
                .containsExactly("editor");

        users.remove("1");
        assertThat(denial(bearer(jwt, token)).reason()).isEqualTo("user_unknown");
    }

    @Test
    void a_changed_password_refuses_the_tokens_that_are_bound_to_it() {
        JwtSettings bound = JwtSettings.builder(Jwts.keys())
                .passwordFingerprint("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII))
                .build();
        String fingerprint =
                bound.passwordFingerprint(users.findById("1").orElseThrow()).orElseThrow();
        String own = Jwts.token(Jwts.CLAIMS.replace("}", ",\"hash_password\":\"" + fingerprint + "\"}"));
        JwtAuthenticator authenticator = JwtAuthenticator.of(bound, users, clock);
        assertThat(userId(bearer(authenticator, own))).isEqualTo("1");

        users.setPasswordHash("1", "another");

        assertThat(denial(bearer(authenticator, own)).reason()).isEqualTo("password_changed");
    }

    @Test
    void two_authenticators_share_nothing() {
        JwtAuthenticator other = JwtAuthenticator.of(
                JwtSettings.builder(KeyRing.of(Keys.other(JwtAlgorithm.HS256))).build(), users, clock);
        KeyRing keys = Jwts.keys();
        JwtAuthenticator own = JwtAuthenticator.of(JwtSettings.builder(keys).build(), users, clock);
        JwtAuthenticator ofIssuer = JwtAuthenticator.of(
                JwtSettings.builder(keys).issuer("https://issuer.example").build(), users, clock);
        assertThat(userId(bearer(own, token))).isEqualTo("1");

        assertThat(denial(bearer(ofIssuer, token)).reason()).isEqualTo("jwt_wrong_issuer");
        assertThat(denial(bearer(other, token)).reason()).isEqualTo("jwt_bad_signature");
    }

    @Test
    void white_space_around_a_token_in_a_header_is_not_remembered_as_part_of_it() {
        JwtAuthenticator orCookie =
                JwtAuthenticator.stateless(Jwts.drf(), clock).orCookie("jwt", (request, found) -> found);
        assertThat(userId(bearer(orCookie, token + " "))).isEqualTo("1");

        assertThat(orCookie.authenticate(FakeRequest.get().cookie("jwt", token + " ")))
                .isEqualTo(AuthResult.notAttempted());
        assertThat(userId(orCookie.authenticate(FakeRequest.get().cookie("jwt", token))))
                .isEqualTo("1");
    }

    @Test
    void refusals_are_not_remembered() {
        AtomicReference<KeyRing> source = new AtomicReference<>(KeyRing.of(Keys.other(JwtAlgorithm.HS256)));
        KeyRing ring = KeyRing.reloading(source::get);
        JwtAuthenticator stateless =
                JwtAuthenticator.stateless(JwtSettings.builder(ring).build(), clock);
        assertThat(denial(bearer(stateless, token)).reason()).isEqualTo("jwt_bad_signature");

        source.set(Jwts.keys());
        ring.reload();

        assertThat(userId(bearer(stateless, token))).isEqualTo("1");
    }

    @Test
    void a_stateless_user_is_created_once_and_checked_by_each_request() {
        JwtAuthenticator stateless = JwtAuthenticator.stateless(Jwts.drf(), clock);

        AuthResult first = bearer(stateless, token);

        assertThat(bearer(stateless, token)).isSameAs(first);
        clock.advance(LIFETIME);
        assertThat(denial(bearer(stateless, token)).reason()).isEqualTo("jwt_expired");
    }

    @Test
    void a_million_distinct_tokens_do_not_fill_the_heap() {
        JwtAuthenticator stateless = JwtAuthenticator.stateless(
                JwtSettings.builder(Jwts.keys()).verifiedCache(1_000).build(), clock);
        String head = Jwts.base64(Jwts.HEADER) + ".";
        for (int i = 0; i < 10_000; i++) {
            bearer(stateless, Jwts.signed(head + Jwts.base64(Jwts.CLAIMS.replace("\"a\"", "\"" + i + "\""))));
        }
        long before = usedHeap();

        for (int i = 10_000; i < 1_000_000; i++) {
            String next = Jwts.signed(head + Jwts.base64(Jwts.CLAIMS.replace("\"a\"", "\"" + i + "\"")));
            assertThat(bearer(stateless, next) instanceof AuthResult.Authenticated)
                    .isTrue();
        }

        long after = usedHeap();
        // It must be reachable until here.
        assertThat(userId(bearer(stateless, token))).isEqualTo("1");
        assertThat(after - before).isLessThan(32 << 20);
    }

    @Test
    void the_memory_contains_no_token() throws IOException {
        JwtAuthenticator stateless = JwtAuthenticator.stateless(Jwts.drf(), clock);
        byte[] hidden = verifiedAndHidden(stateless);

        assertThat(HeapDump.contains(hidden)).isFalse();
        assertThat(stateless.name()).isEqualTo("jwt");
    }

    /** Returns the signature of a token that has been verified twice, disguised so that the test does not contain it. */
    private static byte[] verifiedAndHidden(JwtAuthenticator authenticator) {
        String unseen = Jwts.token(Jwts.CLAIMS.replace("\"a\"", "\"unseen\""));
        bearer(authenticator, unseen);
        bearer(authenticator, unseen);
        return HeapDump.hidden(unseen.substring(unseen.lastIndexOf('.') + 1));
    }

    @Test
    void a_memory_without_room_is_refused_at_start_up() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtSettings.builder(Jwts.keys()).verifiedCache(1))
                .withMessageContaining("withoutVerifiedCache()");
    }

    private static VerifiedTokens.Entry entry(JwtVerifier verifier, String token) {
        JwtVerifier.Reading reading = verifier.read(token);
        JwtVerification.Verified verified =
                (JwtVerification.Verified) reading.as(VerifiedJwt.TokenType.ACCESS, jwt -> false);
        return new VerifiedTokens.Entry(verified.jwt(), reading.header(), reading.key(), Jwts.NOW.toEpochMilli(), null);
    }

    private static AuthResult bearer(JwtAuthenticator authenticator, String token) {
        return authenticator.authenticate(FakeRequest.get().authorization("Bearer " + token));
    }

    private static String userId(AuthResult result) {
        return ((AuthResult.Authenticated) result).user().id();
    }

    private static Denial denial(AuthResult result) {
        return ((AuthResult.Rejected) result).denial();
    }

    private static long usedHeap() {
        List.of(1, 2).forEach(time -> System.gc());
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
