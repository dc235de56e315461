package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.JOSEException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeyTest {

    private static final byte[] INPUT = "eyJ.eyJ".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_NONE,
            names = {"HS.*"})
    void a_pair_signs_and_verifies_as_the_pair_does_that_it_was_written_from(JwtAlgorithm algorithm) {
        JwtKey key = JwtKey.ofPem(algorithm, Pems.both(algorithm));
        JwtKey original = Keys.of(algorithm);

        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(key.id()).isEqualTo(original.id());
        assertThat(Keys.verifies(original, INPUT, key.sign(INPUT))).isTrue();
        assertThat(Keys.verifies(key, INPUT, original.sign(INPUT))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_NONE,
            names = {"HS.*"})
    void a_public_key_verifies_only(JwtAlgorithm algorithm) {
        JwtKey key = JwtKey.ofPem(algorithm, Pems.publicKey(Keys.pair(algorithm).getPublic()));

        assertThat(key.canSign()).isFalse();
        assertThat(Keys.verifies(key, INPUT, Keys.of(algorithm).sign(INPUT))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "PS384"})
    void a_private_rsa_key_has_its_public_half_in_it(JwtAlgorithm algorithm) {
        JwtKey key =
                JwtKey.ofPem(algorithm, Pems.privateKey(Keys.pair(algorithm).getPrivate()));

        assertThat(key.id()).isEqualTo(Keys.of(algorithm).id());
        assertThat(Keys.verifies(Keys.of(algorithm), INPUT, key.sign(INPUT))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ES256", "ES384", "ES512", "EDDSA"})
    void a_private_key_of_another_type_alone_is_rejected_with_the_command_that_adds_its_public_half(
            JwtAlgorithm algorithm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofPem(
                        algorithm, Pems.privateKey(Keys.pair(algorithm).getPrivate())))
                .withMessageContaining("openssl pkey -in key.pem -pubout");
    }

    @Test
    void a_certificate_serves_as_the_public_half(@TempDir Path directory) throws Exception {
        KeyStore made = selfSigned(directory);
        Certificate certificate = made.getCertificate("k");
        String pem = Pems.block("CERTIFICATE", certificate.getEncoded());

        JwtKey verifying = JwtKey.ofPem(JwtAlgorithm.ES256, pem);
        JwtKey signing =
                JwtKey.ofPem(JwtAlgorithm.ES256, pem + Pems.privateKey(made.getKey("k", "changeit".toCharArray())));

        assertThat(verifying.canSign()).isFalse();
        assertThat(verifying.id())
                .isEqualTo(JwtKey.of(JwtAlgorithm.ES256, certificate.getPublicKey())
                        .id());
        assertThat(Keys.verifies(verifying, INPUT, signing.sign(INPUT))).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofPem(JwtAlgorithm.ES256, pem + Pems.publicKey(certificate.getPublicKey())))
                .withMessageContaining("remove one");
    }

    @Test
    void text_around_the_blocks_and_any_line_ends_are_allowed() {
        String pem = "subject=CN = me\r\n" + Pems.both(JwtAlgorithm.ES256).replace("\n", "\r\n") + "\r\nend\r\n";

        assertThat(JwtKey.ofPem(JwtAlgorithm.ES256, pem).canSign()).isTrue();
        assertThat(JwtKey.ofPem(JwtAlgorithm.ES256, pem.replace("\r\n", " \t\r\n"))
                        .canSign())
                .isTrue();
    }

    /** As environment variables, YAML, shells and copied pages have them. */
    static Stream<Arguments> notations() {
        return Stream.of(
                notation("CR and LF", pem -> pem.replace("\n", "\r\n")),
                notation("CR", pem -> pem.replace("\n", "\r")),
                notation("a backslash and n", pem -> pem.replace("\n", "\\n")),
                notation("a backslash, r, a backslash and n", pem -> pem.replace("\n", "\\r\\n")),
                notation("two backslashes and n", pem -> pem.replace("\n", "\\\\n")),
                notation("a backslash and n before a line end", pem -> pem.replace("\n", "\\n\n")),
                notation("blanks for line ends", pem -> pem.replace('\n', ' ')),
                notation("no line ends", pem -> pem.replace("\n", "")),
                notation("no last line end", String::stripTrailing),
                notation("quotes", pem -> '"' + pem + '"'),
                notation("quotes and a backslash and n", pem -> "'" + pem.replace("\n", "\\n") + "'"),
                notation("white space around", pem -> " \t\n" + pem + "  \n\n"),
                notation("indentation", pem -> pem.indent(4)),
                notation("no-break spaces", pem -> pem.replace("\n", "\u00A0\n")),
                notation("a byte order mark", pem -> "\uFEFF" + pem));
    }

    private static Arguments notation(String name, UnaryOperator<String> written) {
        return Arguments.of(name, written);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notations")
    void pem_is_read_in_the_notations_in_which_it_is_handed_around(String name, UnaryOperator<String> written) {
        for (JwtAlgorithm algorithm : List.of(JwtAlgorithm.RS256, JwtAlgorithm.ES256, JwtAlgorithm.EDDSA)) {
            JwtKey key = JwtKey.ofPem(algorithm, written.apply(Pems.both(algorithm)));

            assertThat(key.canSign()).isTrue();
            assertThat(key.id()).isEqualTo(Keys.of(algorithm).id());
        }
    }

    @Test
    void a_file_of_pem_or_json_may_begin_with_a_byte_order_mark(@TempDir Path directory) throws Exception {
        Path set = Files.writeString(
                directory.resolve("keys.json"),
                "\uFEFF{\"keys\":[{\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":\"" + "A".repeat(43) + "\"}]}");

        assertThat(KeyRing.fromJwkSetFile(set).canSign()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key", "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA"})
    void a_string_without_a_block_is_rejected_with_the_missing_lines(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofPem(JwtAlgorithm.ES256, text))
                .withMessageContaining("not PEM: a line -----BEGIN");
    }

    @Test
    void halves_of_two_pairs_are_refused() {
        KeyPair own = Keys.pair(JwtAlgorithm.ES256);
        for (JwtAlgorithm algorithm : List.of(JwtAlgorithm.RS256, JwtAlgorithm.ES256, JwtAlgorithm.EDDSA)) {
            String other =
                    Pems.publicKey(Keys.generated(kind(algorithm), "stranger").getPublic());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JwtKey.ofPem(
                            algorithm, Pems.privateKey(Keys.pair(algorithm).getPrivate()) + other))
                    .withMessageContaining("do not belong together");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.of(
                        JwtAlgorithm.ES256,
                        own.getPublic(),
                        Keys.pair(JwtAlgorithm.ES384).getPrivate()))
                .withMessageContaining("do not belong together");
    }

    @ParameterizedTest
    @EnumSource(names = {"HS256", "HS384", "HS512"})
    void secrets_are_not_in_pem(JwtAlgorithm algorithm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofPem(algorithm, Pems.both(JwtAlgorithm.RS256)))
                .withMessageContaining("JwtKey.hmac(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "EC PARAMETERS", "SECRET"})
    void other_blocks_are_rejected_with_the_command_that_converts_them(String label) {
        String pem =
                Pems.block(label, Keys.pair(JwtAlgorithm.RS256).getPrivate().getEncoded());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofPem(JwtAlgorithm.RS256, pem))
                .withMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void two_keys_in_one_string_are_rejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofPem(
                        JwtAlgorithm.RS256, Pems.both(JwtAlgorithm.RS256).repeat(2)))
                .withMessageContaining("two blocks PRIVATE KEY");
    }

    @Test
    void a_key_of_another_type_is_rejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofPem(JwtAlgorithm.RS256, Pems.both(JwtAlgorithm.ES256)))
                .withMessageContaining("RS256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofPem(
                        JwtAlgorithm.ES384,
                        Pems.publicKey(Keys.pair(JwtAlgorithm.ES256).getPublic())))
                .withMessageContaining("needs a key on P-384, this one is on P-256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.ofPem(
                        JwtAlgorithm.RS256,
                        Pems.privateKey(Keys.generated("1024", "small").getPrivate())))
                .withMessageContaining("at least 2048 bits");
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "ES256", "EDDSA"})
    void damaged_pem_is_rejected_and_no_error_contains_any_of_it(JwtAlgorithm algorithm) {
        String pem = Pems.both(algorithm);
        for (int i = 0; i < pem.length(); i += 7) {
            for (String damaged : List.of(
                    pem.substring(0, i),
                    pem.substring(0, i) + pem.substring(i + 1),
                    pem.substring(0, i) + "*" + pem.substring(i + 1))) {
                Throwable refusal = catchThrowable(() -> JwtKey.ofPem(algorithm, damaged));
                for (Throwable t = refusal; t != null; t = t.getCause()) {
                    assertThat(t).isInstanceOfAny(IllegalArgumentException.class, JOSEException.class);
                    assertThat(showsPartOf(pem, String.valueOf(t.getMessage()))).isFalse();
                }
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> JwtKey.ofPem(algorithm, ""));
    }

    /** Whether six digits of the key stand in a message. */
    private static boolean showsPartOf(String pem, String message) {
        return pem.lines()
                .filter(line -> !line.startsWith("-----"))
                .flatMap(line -> IntStream.rangeClosed(0, Math.max(0, line.length() - 6))
                        .mapToObj(start -> line.substring(start, Math.min(line.length(), start + 6))))
                .filter(part -> part.length() == 6)
                .anyMatch(message::contains);
    }

    @Test
    void to_string_contains_nothing_of_the_key() {
        JwtKey key =
                JwtKey.ofPem(JwtAlgorithm.ES256, Pems.both(JwtAlgorithm.ES256)).withId("k");

        assertThat(key).hasToString("JwtKey[ES256 k]").isNotInstanceOf(Serializable.class);
    }

    private static String kind(JwtAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256 -> "2048";
            case ES256 -> "secp256r1";
            default -> "Ed25519";
        };
    }

    private static KeyStore selfSigned(Path directory) throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "k",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=k",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .doesNotContain("rror");
        assertThat(keytool.waitFor()).isZero();
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            made.load(in, "changeit".toCharArray());
        }
        return made;
    }
}
