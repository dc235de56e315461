package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.jwt.VerifiedJwt.TokenType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever may hold a secret can be logged by mistake. */
class JwtSecretsDoNotPrintTest {

    private static final String SECRET = "hunter2hunter2hunter2hunter2hunt";
    private static final byte[] BYTES = SECRET.getBytes(StandardCharsets.US_ASCII);
    private static final KeyRing KEYS = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, BYTES));

    @TestFactory
    Stream<DynamicTest> nothing_that_holds_a_secret_prints_it() {
        return holders()
                .map(holder -> DynamicTest.dynamicTest(
                        "prints_no_secret_" + holder.getClass().getSimpleName(), () -> assertSilent(holder)));
    }

    private static Stream<Object> holders() {
        return Stream.of(
                JwtKey.hmac(JwtAlgorithm.HS256, BYTES),
                JwtKey.hmac(JwtAlgorithm.HS256, BYTES).withoutId(),
                KEYS,
                JwtSettings.builder(KEYS).build(),
                new JwtIssuer(JwtSettings.builder(KEYS).build(), Clock.systemUTC()));
    }

    @Test
    void a_verified_token_prints_none_of_its_claims() {
        JwtSettings settings = JwtSettings.builder(KEYS).build();
        String token = new JwtIssuer(settings, Clock.systemUTC())
                .sign(
                        TokenType.ACCESS,
                        Map.of(
                                "token_type", "access",
                                "exp", Instant.now().getEpochSecond() + 300,
                                "jti", "the-id",
                                "user_id", "1",
                                "email", SECRET));
        JwtVerification check = new JwtVerifier(settings, Clock.systemUTC()).verify(token, TokenType.ACCESS);

        assertThat(check).isInstanceOf(JwtVerification.Verified.class);
        assertSilent(check);
        assertThat(check.toString()).doesNotContain(token);
    }

    @Test
    void private_keys_are_not_printed() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair pair = rsa.generateKeyPair();
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(256);
        KeyPair curve = ec.generateKeyPair();

        assertHides(
                ((RSAPrivateKey) pair.getPrivate()).getPrivateExponent(),
                KeyRing.of(
                        JwtKey.of(JwtAlgorithm.RS256, pair.getPublic(), pair.getPrivate()),
                        JwtKey.of(JwtAlgorithm.ES256, curve.getPublic(), curve.getPrivate())));
        assertHides(
                ((ECPrivateKey) curve.getPrivate()).getS(),
                JwtKey.of(JwtAlgorithm.ES256, curve.getPublic(), curve.getPrivate()));
    }

    private static void assertHides(BigInteger number, Object holder) {
        assertThat(holder.toString())
                .doesNotContain(number.toString())
                .doesNotContain(number.toString(16))
                .hasSizeLessThan(400);
    }

    private static void assertSilent(Object holder) {
        assertThat(holder.toString())
                .as(holder.getClass().getName())
                .doesNotContain(SECRET)
                .doesNotContain(Base64.getUrlEncoder().withoutPadding().encodeToString(BYTES))
                .doesNotContain("104, 117, 110, 116");
    }
}
