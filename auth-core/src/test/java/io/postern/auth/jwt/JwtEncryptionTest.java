package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.AESEncrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtEncryptionTest {

    private static final byte[] KEY = "32 bytes that nobody is to know.".getBytes(StandardCharsets.US_ASCII);
    private static final KeyPair RSA = pair("RSA", 2048);
    private static final KeyPair EC = pair("EC", 256);
    private static final String SIGNED = Jwts.token(Jwts.CLAIMS);

    static Stream<Arguments> encryptions() {
        return Stream.of(
                Arguments.of("dir", direct()), Arguments.of("RSA-OAEP-256", rsa()), Arguments.of("ECDH-ES", ec()));
    }

    @ParameterizedTest
    @MethodSource("encryptions")
    void an_issued_token_is_hidden_and_read_again(String algorithm, JwtEncryption encryption) throws Exception {
        JwtSettings settings = with(encryption);
        Map<String, Object> claims =
                new LinkedHashMap<>(Map.of("token_type", "access", "exp", 1_800_000_300L, "jti", "a", "user_id", "1"));

        String token = new JwtIssuer(settings, Jwts.CLOCK).sign(TokenType.ACCESS, claims);

        Map<String, Object> header = JWEObject.parse(token).getHeader().toJSONObject();
        assertThat(header)
                .containsEntry("alg", algorithm)
                .containsEntry("enc", "A256GCM")
                .containsEntry("cty", "JWT")
                .doesNotContainKeys("zip", "p2c", "crit");
        assertThat(token.split("\\.")).hasSize(5);
        assertThat(Jwts.verify(settings, token))
                .isInstanceOfSatisfying(
                        JwtVerification.Verified.class,
                        verified -> assertThat(verified.jwt().claims()).containsAllEntriesOf(claims));
        assertThat(Jwts.reason(settings, encryption.encrypt(SIGNED))).isEqualTo("verified");
        assertThat(new JwtIssuer(settings, Jwts.CLOCK).sign(TokenType.ACCESS, claims))
                .isNotEqualTo(token);
    }

    @ParameterizedTest
    @MethodSource("encryptions")
    void claims_that_are_only_encrypted_prove_nothing(String algorithm, JwtEncryption encryption) {
        String unsigned = Jwts.base64("{\"alg\":\"none\"}") + "." + Jwts.base64(Jwts.CLAIMS) + ".";
        String forged = SIGNED.substring(0, SIGNED.lastIndexOf('.') + 1) + Jwts.base64("another signature");

        for (String inside :
                new String[] {Jwts.CLAIMS, unsigned, forged, encryption.encrypt(SIGNED), "", "..", "...."}) {
            assertThat(Jwts.reason(with(encryption), encryption.encrypt(inside)))
                    .as(inside)
                    .isNotEqualTo("verified");
        }
    }

    @ParameterizedTest
    @MethodSource("encryptions")
    void five_parts_are_refused_where_nothing_is_encrypted(String algorithm, JwtEncryption encryption) {
        assertThat(Jwts.reason(Jwts.drf(), encryption.encrypt(SIGNED))).isEqualTo("jwt_malformed");
    }

    @Test
    void tokens_of_another_key_or_algorithm_are_refused() {
        assertThat(Jwts.reason(
                        with(direct()), JwtEncryption.direct(new byte[32]).encrypt(SIGNED)))
                .isEqualTo("jwt_malformed");
        assertThat(Jwts.reason(with(direct()), rsa().encrypt(SIGNED))).isEqualTo("jwt_malformed");
        assertThat(Jwts.reason(with(rsa()), direct().encrypt(SIGNED))).isEqualTo("jwt_malformed");
        assertThat(Jwts.reason(with(rsa()), ec().encrypt(SIGNED))).isEqualTo("jwt_malformed");
        assertThat(Jwts.reason(with(direct()), SIGNED)).isEqualTo("verified");
    }

    @Test
    void other_algorithms_compression_and_passwords_are_refused() throws Exception {
        RSAEncrypter toRsa = new RSAEncrypter((RSAPublicKey) RSA.getPublic());
        JWEHeader.Builder gcm = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);

        assertThat(refused(direct(), gcm.compressionAlgorithm(CompressionAlgorithm.DEF), new DirectEncrypter(KEY)))
                .isTrue();
        assertThat(refused(
                        direct(),
                        new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A128CBC_HS256),
                        new DirectEncrypter(KEY)))
                .isTrue();
        assertThat(refused(
                        direct(),
                        new JWEHeader.Builder(JWEAlgorithm.A256KW, EncryptionMethod.A256GCM),
                        new AESEncrypter(KEY)))
                .isTrue();
        assertThat(refused(
                        direct(),
                        new JWEHeader.Builder(JWEAlgorithm.PBES2_HS512_A256KW, EncryptionMethod.A256GCM),
                        new PasswordBasedEncrypter(KEY, 16, 1_000)))
                .isTrue();
        for (JWEAlgorithm algorithm : new JWEAlgorithm[] {JWEAlgorithm.RSA_OAEP_512, JWEAlgorithm.RSA_OAEP_384}) {
            assertThat(refused(rsa(), new JWEHeader.Builder(algorithm, EncryptionMethod.A256GCM), toRsa))
                    .isTrue();
        }
    }

    /** Good but for one member of the header, which is not even looked at twice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"crit\":[\"exp\"]",
                "\"crit\":[]",
                "\"zip\":\"DEF\"",
                "\"p2c\":2147483647",
                "\"p2s\":\"AAAAAAAAAAA\"",
                "\"jku\":\"http://127.0.0.1:1/\"",
                "\"jwk\":{}",
                "\"x5c\":[]",
                "\"b64\":false"
            })
    void members_that_ours_do_not_have_are_refused(String member) {
        String header = Jwts.base64("{\"alg\":\"dir\",\"enc\":\"A256GCM\"," + member + "}");

        assertThat(Jwts.reason(with(direct()), withHeader(direct().encrypt(SIGNED), header)))
                .isEqualTo("jwt_malformed");
    }

    /** The library throws what it does not declare where a member has another type than it expects. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kid\":5",
                "\"kid\":{}",
                "\"typ\":[]",
                "\"cty\":7",
                "\"apu\":5",
                "\"apv\":\"*\"",
                "\"epk\":null",
                "\"epk\":{\"kty\":null}",
                "\"epk\":5",
                "\"epk\":null",
                "\"epk\":{}",
                "\"epk\":\"x\"",
                "\"epk\":{\"kty\":\"oct\",\"k\":\"AA\"}",
                "\"epk\":{\"kty\":\"EC\"}",
                "\"epk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "\"epk\":{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AA\"}",
                "\"epk\":{\"kty\":\"RSA\",\"n\":\"AA\",\"e\":\"AQAB\"}"
            })
    void odd_members_are_refused_and_break_nothing(String member) {
        for (JwtEncryption encryption : new JwtEncryption[] {direct(), rsa(), ec()}) {
            String token = encryption.encrypt(SIGNED);
            String header = Jwts.base64("{\"alg\":\"" + encryption.toString().replaceAll(".*\\[|]", "")
                    + "\",\"enc\":\"A256GCM\"," + member + "}");

            assertThat(Jwts.reason(with(encryption), withHeader(token, header)))
                    .as(header)
                    .isEqualTo("jwt_malformed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kid", "typ", "cty", "epk", "apu", "apv"})
    void a_member_that_is_null_is_refused_even_if_the_rest_is_good(String member) throws Exception {
        String begin = "{\"alg\":\"dir\",\"enc\":\"A256GCM\"";

        assertThat(Jwts.reason(with(direct()), sealed(begin + "}"))).isEqualTo("verified");
        assertThat(Jwts.reason(with(direct()), sealed(begin + ",\"" + member + "\":null}")))
                .isEqualTo("jwt_malformed");
    }

    @ParameterizedTest
    @MethodSource("encryptions")
    void no_header_causes_an_exception(String algorithm, JwtEncryption encryption) {
        JwtVerifier verifier = new JwtVerifier(with(encryption), Jwts.CLOCK);
        String token = encryption.encrypt(SIGNED);
        Random random = new Random(4712);
        for (int i = 0; i < 500; i++) {
            String header = OddHeaders.next(random, algorithm);

            assertThat(verifier.verifyAnyType(withHeader(token, Jwts.base64(header))))
                    .as(header)
                    .isEqualTo(Jwts.refused("Token is invalid", "jwt_malformed"));
        }
    }

    @ParameterizedTest
    @MethodSource("encryptions")
    void a_token_changed_anywhere_is_refused_and_breaks_nothing(String algorithm, JwtEncryption encryption) {
        JwtSettings settings = with(encryption);
        String token = encryption.encrypt(SIGNED);
        Random random = new Random(4711);
        for (int i = 0; i < 300; i++) {
            int at = random.nextInt(token.length() - 1);
            char other = ".AZaz09-_ =+/\n\0\u00e9".charAt(random.nextInt(16));
            String changed = token.substring(0, at) + other + token.substring(at + 1);
            String cut = token.substring(0, at);

            if (!changed.equals(token)) {
                assertThat(Jwts.reason(settings, changed)).as(changed).isNotEqualTo("verified");
            }
            assertThat(Jwts.reason(settings, cut)).isNotEqualTo("verified");
        }
        for (String garbage :
                new String[] {"....", "a.b.c.d.e", "e30....", "!.!.!.!.!", token + ".", token.replace('.', ' ')}) {
            assertThat(Jwts.reason(settings, garbage)).as(garbage).isEqualTo("jwt_malformed");
        }
    }

    @ParameterizedTest
    @MethodSource("encryptions")
    void a_token_written_in_another_way_is_refused(String algorithm, JwtEncryption encryption) {
        JwtSettings settings = with(encryption);
        String token = encryption.encrypt(SIGNED);
        int dot = token.lastIndexOf('.');

        for (String odd : new String[] {"!", " ", "\n", "=", "\u00e9"}) {
            assertThat(Jwts.reason(settings, token + odd)).as(odd).isEqualTo("jwt_malformed");
            assertThat(Jwts.reason(settings, token.substring(0, dot) + odd + token.substring(dot)))
                    .as(odd)
                    .isEqualTo("jwt_malformed");
        }
    }

    @Test
    void the_longest_token_passes_and_one_character_less_is_too_short_a_limit() {
        JwtEncryption encryption = direct();
        String token = encryption.encrypt(SIGNED);
        JwtSettings.Builder settings = JwtSettings.builder(Jwts.keys()).encryption(encryption);

        assertThat(SIGNED.length()).isLessThan(token.length() - 1);
        assertThat(Jwts.reason(settings.maxToken(token.length()).build(), token))
                .isEqualTo("verified");
        assertThat(Jwts.reason(settings.maxToken(token.length() - 1).build(), token))
                .isEqualTo("jwt_malformed");
    }

    @Test
    void keys_that_are_too_short_are_refused() {
        KeyPair small = pair("RSA", 1024);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtEncryption.direct(new byte[16]))
                .withMessageContaining("32 random bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        JwtEncryption.rsaOaep256((RSAPublicKey) small.getPublic(), (RSAPrivateKey) small.getPrivate()))
                .withMessageContaining("2048");
        assertThat(direct()).hasToString("JwtEncryption[dir]");
    }

    private static boolean refused(JwtEncryption encryption, JWEHeader.Builder header, JWEEncrypter encrypter)
            throws JOSEException {
        JWEObject token = new JWEObject(header.build(), new Payload(SIGNED));
        token.encrypt(encrypter);
        return Jwts.reason(with(encryption), token.serialize()).equals("jwt_malformed");
    }

    private static String withHeader(String token, String header) {
        return header + token.substring(token.indexOf('.'));
    }

    /** Good but for the header, which may say what our own library would never write. */
    private static String sealed(String header) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] iv = new byte[12];
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, iv));
        cipher.updateAAD(Jwts.base64(header).getBytes(StandardCharsets.US_ASCII));
        byte[] text = cipher.doFinal(SIGNED.getBytes(StandardCharsets.US_ASCII));
        int tag = text.length - 16;
        return String.join(
                ".",
                Jwts.base64(header),
                "",
                Jwts.base64(iv),
                Jwts.base64(Arrays.copyOf(text, tag)),
                Jwts.base64(Arrays.copyOfRange(text, tag, text.length)));
    }

    private static JwtSettings with(JwtEncryption encryption) {
        return JwtSettings.builder(Jwts.keys()).encryption(encryption).build();
    }

    private static JwtEncryption direct() {
        return JwtEncryption.direct(KEY);
    }

    private static JwtEncryption rsa() {
        return JwtEncryption.rsaOaep256((RSAPublicKey) RSA.getPublic(), (RSAPrivateKey) RSA.getPrivate());
    }

    private static JwtEncryption ec() {
        return JwtEncryption.ecdhEs((ECPublicKey) EC.getPublic(), (ECPrivateKey) EC.getPrivate());
    }

    private static KeyPair pair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** RFC 7516, section 5.2, step 10: where the key is agreed on, the encrypted key must be empty. */
    @ParameterizedTest
    @MethodSource("encryptions")
    void the_encrypted_key_has_one_length(String algorithm, JwtEncryption encryption) {
        String[] parts = encryption.encrypt(SIGNED).split("\\.");
        String key = parts[1];

        for (String other : new String[] {key + "AAAA", key.isEmpty() ? Jwts.base64(new byte[256]) : ""}) {
            parts[1] = other;
            assertThat(Jwts.reason(with(encryption), String.join(".", parts)))
                    .as(other)
                    .isEqualTo("jwt_malformed");
        }
    }

    @ParameterizedTest
    @MethodSource("encryptions")
    void the_ciphertext_does_not_continue_in_the_tag(String algorithm, JwtEncryption encryption) {
        String[] parts = encryption.encrypt(SIGNED).split("\\.");
        byte[] text = Base64.getUrlDecoder().decode(parts[3]);
        byte[] tag = Base64.getUrlDecoder().decode(parts[4]);
        byte[] longer = Arrays.copyOf(text, text.length + 3);
        System.arraycopy(tag, 0, longer, text.length, 3);
        parts[3] = Jwts.base64(longer);
        parts[4] = Jwts.base64(Arrays.copyOfRange(tag, 3, tag.length));

        assertThat(Jwts.reason(with(encryption), String.join(".", parts))).isEqualTo("jwt_malformed");
    }

    @Test
    void an_rsa_ciphertext_keeps_its_leading_zeros() {
        JwtEncryption encryption = rsa();
        String[] parts = encryption.encrypt(SIGNED).split("\\.");
        for (int i = 0; i < 20_000 && !parts[1].startsWith("AA"); i++) {
            parts = encryption.encrypt(SIGNED).split("\\.");
        }
        byte[] key = Base64.getUrlDecoder().decode(parts[1]);
        assertThat(key[0]).isZero();
        assertThat(Jwts.reason(with(encryption), String.join(".", parts))).isEqualTo("verified");

        parts[1] = Jwts.base64(Arrays.copyOfRange(key, 1, key.length));

        assertThat(Jwts.reason(with(encryption), String.join(".", parts))).isEqualTo("jwt_malformed");
    }
}
