package io.postern.auth.jwt;

import static io.postern.auth.jwt.Jwts.CLAIMS;
import static io.postern.auth.jwt.Jwts.HEADER;
import static io.postern.auth.jwt.Jwts.base64;
import static io.postern.auth.jwt.Jwts.drf;
import static io.postern.auth.jwt.Jwts.reason;
import static io.postern.auth.jwt.Jwts.signed;
import static io.postern.auth.jwt.Jwts.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.jwt.VerifiedJwt.TokenType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every token here has a good signature, so the gate alone refuses it. */
class JwtGateTest {

    private static final String GOOD = token(CLAIMS);

    @Test
    void a_good_token_passes() {
        assertThat(reason(drf(), GOOD)).isEqualTo("verified");
    }

    @Test
    void nothing_may_stand_before_between_or_after() {
        for (String odd :
                new String[] {" ", "\n", "\r\n", "\t", "=", "==", "#", "%", "\u0000", "\uFEFF", "\u00A0", "."}) {
            assertMalformed(odd + GOOD);
            assertMalformed(GOOD + odd);
            assertMalformed(GOOD.replaceFirst("\\.", odd.equals(".") ? ".." : "." + odd));
            assertMalformed(GOOD.replaceFirst("\\.", odd.equals(".") ? ".." : odd + "."));
            assertMalformed(GOOD.substring(0, 5) + odd + GOOD.substring(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a", "a.b", "a.b.c", "a.b.c.d", "a.b.c.d.e", "....", "null", "{}"})
    void a_string_that_is_not_a_token_is_malformed(String text) {
        assertMalformed(text);
    }

    @Test
    void padding_is_refused_even_when_signed() {
        String header = HEADER + " ";
        assertThat(base64(header).length() % 4).isNotZero();
        String padded = base64(header) + "=".repeat(4 - base64(header).length() % 4);

        assertThat(reason(drf(), signed(base64(header) + "." + base64(CLAIMS)))).isEqualTo("verified");
        assertMalformed(signed(padded + "." + base64(CLAIMS)));
    }

    @Test
    void unused_bits_must_be_zero() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char last = GOOD.charAt(GOOD.length() - 1);
        assertThat(alphabet.indexOf(last) % 4).isZero();
        for (int bits = 1; bits < 4; bits++) {
            assertMalformed(GOOD.substring(0, GOOD.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + bits));
        }
    }

    @Test
    void the_other_base64_alphabet_is_refused() {
        String plus = token("{\"alg\":\"HS256\",\"x\":\"\u00BE\u00BE\u00BE\u00BF\u00FB\u00FF\"}", CLAIMS);
        assertThat(plus).containsPattern("[-_]");

        assertThat(reason(drf(), plus)).isEqualTo("verified");
        assertMalformed(plus.replace('-', '+').replace('_', '/'));
    }

    @Test
    @Timeout(5)
    void length_is_looked_at_first() {
        assertMalformed(".".repeat(10_000_000));
        assertMalformed("x".repeat(10_000_000));
        JwtSettings tight = JwtSettings.builder(Jwts.keys()).maxToken(256).build();
        String longer = token(CLAIMS.replace("}", ",\"x\":\"" + "x".repeat(100) + "\"}"));
        assertThat(longer.length()).isGreaterThan(256);

        assertThat(reason(drf(), longer)).isEqualTo("verified");
        assertThat(reason(tight, longer)).isEqualTo("jwt_malformed");
    }

    @Test
    void the_longest_token_passes_and_one_character_more_does_not() {
        String padding = "x".repeat(300);
        String longest = token(CLAIMS.replace("}", ",\"x\":\"" + padding + "\"}"));
        JwtSettings.Builder limit = JwtSettings.builder(Jwts.keys());

        assertThat(reason(limit.maxToken(longest.length()).build(), longest)).isEqualTo("verified");
        assertThat(reason(limit.maxToken(longest.length() - 1).build(), longest))
                .isEqualTo("jwt_malformed");
    }

    @Test
    @Timeout(1)
    void five_parts_are_refused_before_any_cryptography() {
        String header = base64("{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2c\":2147483647}");

        assertMalformed(header + ".AAAA.AAAA.AAAA.AAAA");
        assertMalformed(base64("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}") + "..AAAA.AAAA.AAAA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"\\u0061lg\":\"none\"}",
                "\uFEFF{\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\"} x",
                "{\"alg\":\"HS256\"}{}",
                "{\"alg\":\"HS256\",}",
                "{'alg':'HS256'}",
                "{\"alg\":\"HS256\"/**/}",
                "{\"alg\":\"HS256\",\"x\":NaN}",
                "{\"alg\":\"HS256\",\"x\":\"\\ud800\"}",
                "[\"HS256\"]",
                "\"HS256\"",
                "null",
                "",
                "{",
                "{\"alg\":\"HS256\",\"x\":01}"
            })
    void a_header_that_is_not_a_json_object_is_refused(String header) {
        assertMalformed(token(header, CLAIMS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "1",
                "",
                "{",
                "{\"user_id\":\"1\",\"user_id\":\"2\"}",
                "{\"user_id\":\"1\",\"user\\u005fid\":\"2\"}",
                "\uFEFF{}",
                "{} {}",
                "{\"a\":\"\\udc00\"}",
                "{\"a\":1e99999}"
            })
    void claims_that_are_no_clean_object_are_refused(String claims) {
        assertMalformed(token(claims));
    }

    @Test
    void bytes_that_are_no_utf8_are_refused() {
        for (byte[] bad : new byte[][] {
            {'"', (byte) 0xC0, (byte) 0xAE, '"'},
            {'"', (byte) 0xFF, '"'},
            {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}
        }) {
            byte[] start = CLAIMS.replace("}", ",\"x\":").getBytes(StandardCharsets.UTF_8);
            byte[] all = Arrays.copyOf(start, start.length + bad.length + 1);
            System.arraycopy(bad, 0, all, start.length, bad.length);
            all[all.length - 1] = '}';
            assertMalformed(signed(base64(HEADER) + "." + base64(all)));
        }
        assertMalformed(signed(base64(HEADER) + "." + base64(CLAIMS.getBytes(StandardCharsets.UTF_16))));
    }

    @Test
    @Timeout(5)
    void deep_nests_and_many_members_are_refused_quickly() {
        JwtSettings wide = JwtSettings.builder(Jwts.keys()).maxToken(65_536).build();
        String deep = "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        String many = IntStream.range(0, 10_001).mapToObj(i -> "1").collect(Collectors.joining(",", "{\"a\":[", "]}"));

        assertThat(reason(wide, token(deep))).isEqualTo("jwt_malformed");
        assertThat(reason(wide, token(many))).isEqualTo("jwt_malformed");
        assertThat(reason(wide, token(deep, CLAIMS))).isEqualTo("jwt_malformed");
    }

    @Test
    void fifty_thousand_damaged_tokens_are_refused_and_none_throws() {
        long seed = 20_261_122L;
        System.out.println("JwtGateTest seed " + seed);
        Random random = new Random(seed);
        JwtVerifier verifier = new JwtVerifier(drf(), Jwts.CLOCK);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder damaged = new StringBuilder(GOOD);
            int at = random.nextInt(GOOD.length());
            switch (random.nextInt(3)) {
                case 0 -> damaged.setCharAt(at, (char) random.nextInt(0x180));
                case 1 -> damaged.deleteCharAt(at);
                default -> damaged.insert(at, (char) random.nextInt(0x180));
            }
            if (!damaged.toString().equals(GOOD)) {
                assertThat(verifier.verify(damaged.toString(), TokenType.ACCESS))
                        .as("%d of seed %d", i, seed)
                        .isInstanceOf(JwtVerification.Refused.class);
            }
        }
    }

    private static void assertMalformed(String token) {
        assertThat(reason(drf(), token))
                .as(token.substring(0, Math.min(200, token.length())))
                .isEqualTo("jwt_malformed");
    }
}
