package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkSetFileTest {

    private static final byte[] INPUT = "eyJ.eyJ".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String SECRET_DIGITS = Jwts.base64(Keys.SECRET);
    private static final String RSA = with(
            new RSAKey.Builder((RSAPublicKey) Keys.pair(JwtAlgorithm.PS256).getPublic())
                    .privateKey(Keys.pair(JwtAlgorithm.PS256).getPrivate())
                    .build()
                    .toJSONString(),
            "\"alg\":\"PS256\"");
    private static final ECKey EC = new ECKey.Builder(
                    Curve.P_256, (ECPublicKey) Keys.pair(JwtAlgorithm.ES256).getPublic())
            .privateKey(Keys.pair(JwtAlgorithm.ES256).getPrivate())
            .build();
    private static final String ED = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\","
            + "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","
            + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

    @TempDir
    private Path directory;

    @Test
    void keys_of_all_kinds_are_read_and_the_first_with_a_private_half_signs() throws IOException {
        String verifying = with(EC.toPublicJWK().toJSONString(), "\"alg\":\"ES256\",\"kid\":\"public\"");
        KeyRing ring = KeyRing.fromJwkSetFile(set(verifying, with(ED, "\"kid\":\"ed\""), RSA));

        assertThat(ring.signing(NOW).id()).contains("ed");
        assertThat(Keys.find(ring, "EdDSA", Optional.of("ed"), true, NOW)).contains(ring.signing(NOW));
        assertThat(Keys.find(ring, "ES256", Optional.of("public"), true, NOW)
                        .orElseThrow()
                        .canSign())
                .isFalse();
        JwtKey rsa = Keys.find(ring, "PS256", Keys.of(JwtAlgorithm.PS256).id(), true, NOW)
                .orElseThrow();
        assertThat(Keys.verifies(rsa, INPUT, Keys.of(JwtAlgorithm.PS256).sign(INPUT)))
                .isTrue();
    }

    @Test
    void secrets_are_read() throws IOException {
        KeyRing ring = KeyRing.fromJwkSetFile(set(oct("\"alg\":\"HS512\",\"kid\":\"s\"")));

        assertThat(Keys.verifies(
                        Keys.of(JwtAlgorithm.HS512), INPUT, ring.signing(NOW).sign(INPUT)))
                .isTrue();
    }

    @Test
    void public_keys_alone_make_a_ring_that_verifies() throws IOException {
        KeyRing ring = KeyRing.fromJwkSetFile(set(with(EC.toPublicJWK().toJSONString(), "\"alg\":\"ES256\"")));

        assertThat(ring.canSign()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> ring.signing(NOW));
    }

    @Test
    void nbf_activates_and_exp_retires() throws IOException {
        long start = NOW.getEpochSecond();
        KeyRing ring = KeyRing.fromJwkSetFile(set(
                oct("\"alg\":\"HS256\",\"kid\":\"next\",\"nbf\":" + (start + 60)),
                oct("\"alg\":\"HS256\",\"kid\":\"old\",\"exp\":" + (start + 100))));

        assertThat(ring.signing(NOW.plusSeconds(59)).id()).contains("old");
        assertThat(ring.signing(NOW.plusSeconds(60)).id()).contains("next");
        assertThat(Keys.find(ring, "HS256", Optional.of("next"), true, NOW)).isPresent();
        assertThat(Keys.find(ring, "HS256", Optional.of("old"), true, NOW.plusSeconds(99)))
                .isPresent();
        assertThat(Keys.find(ring, "HS256", Optional.of("old"), true, NOW.plusSeconds(100)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"soon\"",
                "1700000000.5",
                "-1",
                "true",
                "99999999999999",
                "9223372036854775807",
                "123456789012345678901234567890"
            })
    void malformed_times_are_rejected(String time) throws IOException {
        for (String name : new String[] {"nbf", "exp"}) {
            Path file = set(oct("\"alg\":\"HS256\",\"" + name + "\":" + time));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyRing.fromJwkSetFile(file))
                    .withMessageContaining("\"" + name + "\" is not a time");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | not JSON",
                "'{' | not JSON",
                "'[]' | not a JWK",
                "'{}' | \"keys\"",
                "'{\"keys\":{}}' | \"keys\"",
                "'{\"keys\":[]}' | at least one key",
                "'{\"keys\":[1]}' | key 1 of the JWK Set",
                "'{\"keys\":[{\"kty\":\"oct\",\"k\":\"U0VDUkVU\"}]}' | has no \"alg\"",
                "'{\"keys\":[{\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":\"U0VDUkVU\"}]}' | at least 32 bytes",
                "'{\"keys\":[],\"keys\":[]}' | not JSON"
            })
    void a_bad_file_is_refused_with_its_name_and_the_reason(String text, String reason) throws IOException {
        Path file = Files.writeString(directory.resolve("bad.json"), text);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.fromJwkSetFile(file))
                .withMessageContaining("bad.json")
                .withMessageContaining(reason)
                .satisfies(refusal -> assertShowsNothing(refusal, "U0VDUkVU"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"alg\":\"HS256\",\"use\":\"enc\" | not for signatures",
                "\"alg\":\"HS256\",\"key_ops\":[\"encrypt\"] | not for signatures",
                "\"alg\":\"HS256\",\"revoked\":{\"revoked_at\":1700000000} | revoked",
                "\"alg\":\"HS256\",\"nbf\":10,\"exp\":10 | with the retirement",
                "\"alg\":\"A256GCM\" | not supported",
                "\"alg\":\"none\" | not supported",
                "\"alg\":\"RS256\" | not a JWK",
                "\"alg\":\"HS256\",\"alg\":\"HS512\" | not JSON",
                "\"alg\":7 | not a JWK"
            })
    void a_key_that_is_not_for_this_is_refused_and_not_shown(String members, String reason) throws IOException {
        Path file = set(oct("\"alg\":\"HS256\",\"kid\":\"good\""), oct(members));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.fromJwkSetFile(file))
                .satisfies(refusal -> assertShowsNothing(refusal, SECRET_DIGITS))
                .satisfies(refusal -> {
                    if (!members.contains("RS256")) {
                        assertThat(refusal).hasMessageContaining(reason);
                    }
                });
    }

    @Test
    void two_keys_with_one_id_and_secrets_beside_public_keys_are_rejected() throws IOException {
        Path twice = set(oct("\"alg\":\"HS256\",\"kid\":\"a\""), oct("\"alg\":\"HS512\",\"kid\":\"a\""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.fromJwkSetFile(twice))
                .withMessageContaining("same id");
        Path mixed = set(oct("\"alg\":\"HS256\""), RSA);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.fromJwkSetFile(mixed))
                .withMessageContaining("must not share a KeyRing");
    }

    @Test
    void a_missing_too_large_or_binary_file_is_rejected_with_its_name() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.fromJwkSetFile(directory.resolve("missing.json")))
                .withMessageContaining("missing.json cannot be read");
        Path large = Files.write(directory.resolve("large.json"), new byte[(1 << 20) + 1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.fromJwkSetFile(large))
                .withMessageContaining("larger than 1048576");
        Path binary = Files.write(
                directory.resolve("key.der"),
                Keys.pair(JwtAlgorithm.RS256).getPrivate().getEncoded());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.fromPem(JwtAlgorithm.RS256, binary))
                .withMessageContaining("is not UTF-8");
    }

    @Test
    void pem_files_make_a_ring_whose_first_signs() throws IOException {
        Path signing = Files.writeString(directory.resolve("new.pem"), Pems.both(JwtAlgorithm.ES256));
        String old = Pems.publicKey(Keys.generated("secp256r1", "old").getPublic());
        Path verifying = Files.writeString(directory.resolve("old.pem"), old);
        KeyRing ring = KeyRing.fromPem(JwtAlgorithm.ES256, signing, verifying);

        assertThat(ring.signing(NOW).id()).isEqualTo(Keys.of(JwtAlgorithm.ES256).id());
        assertThat(Keys.find(
                        ring, "ES256", JwtKey.ofPem(JwtAlgorithm.ES256, old).id(), true, NOW))
                .isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.fromPem(JwtAlgorithm.RS256, signing))
                .withMessageContaining("new.pem");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.fromPem(JwtAlgorithm.ES256, verifying))
                .withMessageContaining("cannot sign");
    }

    private Path set(String... keys) throws IOException {
        return Files.writeString(directory.resolve("keys.json"), "{\"keys\":[" + String.join(",", keys) + "]}");
    }

    private static String oct(String members) {
        return with("{\"kty\":\"oct\",\"k\":\"" + SECRET_DIGITS + "\"}", members);
    }

    private static String with(String jwk, String members) {
        return jwk.substring(0, jwk.length() - 1) + "," + members + "}";
    }

    private static void assertShowsNothing(Throwable refusal, String secret) {
        for (Throwable t = refusal; t != null; t = t.getCause()) {
            assertThat(String.valueOf(t.getMessage())).doesNotContain(secret);
        }
    }
}
