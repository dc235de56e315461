package io.postern.auth.jwt;

import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.jwt.internal.TokenFault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens with nothing but the JDK, so that good and bad ones owe nothing to the code under test. */
public final class Jwts {

    static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    static final String CLAIMS =
            "{\"token_type\":\"access\",\"exp\":1800000300,\"iat\":1800000000,\"jti\":\"a\",\"user_id\":\"1\"}";

    private Jwts() {}

    public static KeyRing keys() {
        return KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, SECRET).withId("k1"));
    }

    static JwtSettings drf() {
        return JwtSettings.builder(keys()).build();
    }

    static JwtSettings strict() {
        return strictBuilder().build();
    }

    static JwtSettings.Builder strictBuilder() {
        return rfc(JwtSettings.builder(keys())).issuer("https://issuer.example").audience("api");
    }

    /** The checks of {@code Preset.STRICT}. */
    static JwtSettings.Builder rfc(JwtSettings.Builder builder) {
        return builder.requiredClaims("iss", "aud", "iat")
                .requireTyp(true)
                .integerTimes(true)
                .requireKeyId(true)
                .rejectKeyHeaders(true)
                .ignoreSchemeCase(true);
    }

    public static String token(String claims) {
        return token(HEADER, claims);
    }

    static String token(String header, String claims) {
        return signed(base64(header) + "." + base64(claims));
    }

    static String signed(String input) {
        return input + "." + base64(mac("HmacSHA256", SECRET, input));
    }

    static byte[] mac(String algorithm, byte[] secret, String input) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static JwtVerification verify(JwtSettings settings, String token) {
        return new JwtVerifier(settings, CLOCK).verify(token, TokenType.ACCESS);
    }

    /** The refusal with a message and a reason, of which the fault is the only one. */
    static JwtVerification refused(String message, String reason) {
        return new JwtVerification.Refused(Stream.of(TokenFault.values())
                .filter(fault ->
                        fault.reason().equals(reason) && fault.message().equals(message))
                .findFirst()
                .orElseThrow());
    }

    /** The reason of a refusal, or "verified". */
    static String reason(JwtSettings settings, String token) {
        return verify(settings, token) instanceof JwtVerification.Refused refused ? refused.reason() : "verified";
    }
}
