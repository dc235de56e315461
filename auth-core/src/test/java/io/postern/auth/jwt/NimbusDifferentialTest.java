package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import io.postern.auth.AuthResult;
import io.postern.auth.internal.JsonException;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import io.postern.auth.testkit.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an authenticator accepts is what Nimbus verifies of tokens in strict form, for a hundred thousand tokens, good ones and
 * damaged ones. Each is presented twice, so that the second answer may come from memory.
 */
class NimbusDifferentialTest {

    private static final long SEED = 20_261_201;
    private static final String CHARACTERS = "AZaz09-_=.+/ \n\u0000\u00e4\u20ac\uD83D";
    private static final Pattern DIGITS = Pattern.compile("[A-Za-z0-9_-]*");
    private static final String CLAIMS =
            "{\"token_type\":\"access\",\"exp\":1800000300,\"iat\":1800000000,\"jti\":\"%d\",\"user_id\":\"1\"}";

    private final Random random = new Random(SEED);
    private final Map<JwtAlgorithm, JwtKey> keys = new EnumMap<>(JwtAlgorithm.class);
    private final Map<String, JWSVerifier> nimbus = new LinkedHashMap<>();

    @Test
    void secrets() throws JOSEException {
        add(JwtAlgorithm.HS256, new MACVerifier(Keys.SECRET));
        add(JwtAlgorithm.HS512, new MACVerifier(Keys.SECRET));

        compare(97_000, ring());
    }

    @Test
    void rsa() {
        add(JwtAlgorithm.RS256, new RSASSAVerifier(publicKey(JwtAlgorithm.RS256, RSAPublicKey.class)));
        add(JwtAlgorithm.PS256, new RSASSAVerifier(publicKey(JwtAlgorithm.PS256, RSAPublicKey.class)));

        compare(3_000, ring());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void curves(boolean bouncyCastle) throws JOSEException {
        for (JwtAlgorithm algorithm : List.of(JwtAlgorithm.ES256, JwtAlgorithm.ES384, JwtAlgorithm.ES512)) {
            add(algorithm, new ECDSAVerifier(publicKey(algorithm, ECPublicKey.class)));
        }

        compare(300, bouncyCastle ? ring().withBouncyCastle() : ring());
    }

    /** Nimbus would need Tink for it: the JDK and Bouncy Castle are compared with each other. */
    @Test
    void ed25519() {
        keys.put(JwtAlgorithm.EDDSA, Keys.of(JwtAlgorithm.EDDSA).withId("EdDSA"));
        JwtAuthenticator jdk = authenticator(ring());
        JwtAuthenticator bouncyCastle = authenticator(ring().withBouncyCastle());

        int good = 0;
        for (int i = 0; i < 1_000; i++) {
            String token = token(JwtAlgorithm.EDDSA, i);
            String presented = i % 3 == 0 ? token : damaged(token);
            boolean accepted = accepts(jdk, presented);
            assertThat(accepts(bouncyCastle, presented)).as(presented).isEqualTo(accepted);
            good += accepted ? 1 : 0;
        }
        assertThat(good).isBetween(1_000 / 6, 500);
    }

    private void compare(int count, KeyRing ring) {
        JwtAuthenticator ours = authenticator(ring);
        List<JwtAlgorithm> algorithms = List.copyOf(keys.keySet());
        int good = 0;
        for (int i = 0; i < count; i++) {
            String token = token(algorithms.get(i % algorithms.size()), i);
            String presented = i % 3 == 0 ? token : damaged(token);
            boolean expected = isValid(presented);
            assertThat(accepts(ours, presented)).as(presented).isEqualTo(expected);
            assertThat(accepts(ours, presented)).as("again " + presented).isEqualTo(expected);
            good += expected ? 1 : 0;
        }
        assertThat(good).isBetween(count / 6, count / 2);
    }

    /** The strict gate, then Nimbus. */
    private boolean isValid(String token) {
        String[] parts = token.split("\\.", -1);
        if (token.length() > 8192 || parts.length != 3) {
            return false;
        }
        for (String part : parts) {
            if (!isCanonical(part)) {
                return false;
            }
        }
        Map<String, Object> header = object(parts[0]);
        if (header == null || header.containsKey("crit") || header.containsKey("b64")) {
            return false;
        }
        boolean readable = header.get("alg") instanceof String
                && (!header.containsKey("kid") || header.get("kid") instanceof String);
        JWSVerifier verifier = readable ? nimbus.get((String) header.get("alg")) : null;
        if (verifier == null) {
            return false;
        }
        try {
            byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
            JWSHeader pinned = new JWSHeader(JWSAlgorithm.parse((String) header.get("alg")));
            return verifier.verify(pinned, input, new Base64URL(parts[2])) && object(parts[1]) != null;
        } catch (JOSEException e) {
            return false;
        }
    }

    private static boolean isCanonical(String part) {
        if (!DIGITS.matcher(part).matches() || part.length() % 4 == 1) {
            return false;
        }
        byte[] decoded = Base64.getUrlDecoder().decode(part);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(decoded).equals(part);
    }

    private static @Nullable Map<String, Object> object(String part) {
        try {
            return JsonReader.readObject(Base64.getUrlDecoder().decode(part), JsonLimits.TOKEN);
        } catch (JsonException e) {
            return null;
        }
    }

    private String token(JwtAlgorithm algorithm, int number) {
        JwtKey key = keys.get(algorithm);
        return sign(key, header(algorithm), CLAIMS.formatted(number));
    }

    private static String sign(JwtKey key, String header, String claims) {
        String input = Jwts.base64(header) + "." + Jwts.base64(claims);
        return input + "." + key.sign(input.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns one of the headers that a token of an algorithm may have, valid or not. */
    private String header(JwtAlgorithm algorithm) {
        String name = algorithm.headerName();
        return switch (random.nextInt(24)) {
            case 0 -> "{\"alg\":\"" + name + "\"}";
            case 1 -> "{\"kid\":\"" + name + "\",\"alg\":\"" + name + "\"}";
            case 2 -> "{\"alg\":\"" + name + "\",\"kid\":\"another\"}";
            case 3 -> "{\"alg\":\"" + name + "\",\"kid\":null}";
            case 4 -> "{\"alg\":\"" + name + "\",\"crit\":[\"exp\"]}";
            case 5 -> "{\"alg\":\"" + name + "\",\"b64\":false}";
            case 6 -> "{\"alg\":\"none\"}";
            case 7 -> "{\"alg\":\"" + name + "\",\"alg\":\"" + name + "\"}";
            case 8 -> "{\"alg\":[\"" + name + "\"]}";
            case 9 -> "{ \"alg\" : \"" + name + "\" }";
            case 10 -> "{\"alg\":\"" + name + "\"} x";
            case 11 -> "{\"alg\":\"" + name.toLowerCase(java.util.Locale.ROOT) + "\"}";
            default -> "{\"alg\":\"" + name + "\",\"typ\":\"JWT\",\"kid\":\"" + name + "\"}";
        };
    }

    private String damaged(String token) {
        int at = random.nextInt(token.length());
        int last = token.lastIndexOf('.');
        int first = token.indexOf('.');
        char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        return switch (random.nextInt(12)) {
            case 0 -> token.substring(0, at);
            case 1 -> token.substring(0, at) + token.substring(at + 1);
            case 2 -> token.substring(0, at) + other + token.substring(at + 1);
            case 3 -> token.substring(0, at) + other + token.substring(at);
            case 4 -> token.substring(0, at) + (char) (token.charAt(at) ^ 1) + token.substring(at + 1);
            case 5 -> token + "=";
            case 6 -> token + "." + token.substring(last + 1);
            case 7 -> lastDigitChanged(token);
            case 8 -> token.substring(0, last + 1);
            case 9 -> token.substring(0, first + 1) + Jwts.base64("{}") + token.substring(last);
            case 10 -> " " + token.substring(1);
            default -> token.substring(first) + token.substring(0, first);
        };
    }

    /** Changes the bits that no byte uses, which lenient decoders ignore. */
    private static String lastDigitChanged(String token) {
        char digit = token.charAt(token.length() - 1);
        return token.substring(0, token.length() - 1) + (char) (digit == 'z' || digit == '9' ? 'A' : digit + 1);
    }

    private void add(JwtAlgorithm algorithm, JWSVerifier verifier) {
        keys.put(algorithm, Keys.of(algorithm).withId(algorithm.headerName()));
        nimbus.put(algorithm.headerName(), verifier);
    }

    private KeyRing ring() {
        List<JwtKey> all = new ArrayList<>(keys.values());
        return KeyRing.of(all.get(0), all.subList(1, all.size()).toArray(JwtKey[]::new));
    }

    private static <T> T publicKey(JwtAlgorithm algorithm, Class<T> type) {
        return type.cast(Keys.pair(algorithm).getPublic());
    }

    private static JwtAuthenticator authenticator(KeyRing ring) {
        return JwtAuthenticator.stateless(JwtSettings.builder(ring).build(), Jwts.CLOCK);
    }

    private static boolean accepts(JwtAuthenticator authenticator, String token) {
        // A header has no line breaks; the token is what is compared, so it comes by the way of a cookie's value.
        return authenticator
                        .orCookie("jwt", (request, found) -> found)
                        .authenticate(FakeRequest.get().cookie("jwt", token))
                instanceof AuthResult.Authenticated;
    }
}
