package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.AESEncrypter;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.text.ParseException;
import java.util.Arrays;

/**
 * Encrypted tokens that a server should not take, and the way into those that the server makes.
 *
 * @param keys the server's and the attacker's
 * @param expander knows the names in recipes
 */
record ForgedJwe(HostileKeys keys, Expander expander) {

    private static final int JWE_PARTS = 5;
    private static final int PBES2_SALT_LENGTH = 16;
    private static final int PBES2_ITERATIONS = 1_000;

    /** Returns what is inside of a token that the server encrypted, and a token that is not encrypted as it is. */
    static String open(String token, HostileKeys keys) {
        if (token.split("\\.", -1).length != JWE_PARTS) {
            return token;
        }
        try {
            JWEObject jwe = JWEObject.parse(token);
            jwe.decrypt(decrypter(keys));
            return jwe.getPayload().toString();
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String seal(JsonNode order, String token, byte[] claims) {
        String algorithm = order.required("alg").textValue();
        if (order.has("epk")) {
            return offCurve(algorithm);
        }
        JWEHeader.Builder header = new JWEHeader.Builder(
                        JWEAlgorithm.parse(algorithm),
                        EncryptionMethod.parse(order.required("enc").textValue()))
                .contentType(order.path("cty").asText("JWT"));
        if (order.has("zip")) {
            header.compressionAlgorithm(
                    new CompressionAlgorithm(order.get("zip").textValue()));
        }
        try {
            JWEObject jwe =
                    new JWEObject(header.build(), payload(order.path("payload").asText("nested-jws"), token, claims));
            String key = expander.line(order.path("key").asText(""));
            jwe.encrypt(encrypter(algorithm, jwe.getHeader().getEncryptionMethod(), key));
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new CaseProblem("cannot encrypt as in " + order, e);
        }
    }

    private static Payload payload(String order, String token, byte[] claims) {
        String[] kindAndLength = order.split(":", 2);
        return switch (kindAndLength[0]) {
            case "claims" -> new Payload(claims);
            case "nested-jws" -> new Payload(token);
            case "alg-none-jwt" -> new Payload(unsigned(claims));
            case "zeros" -> new Payload(new byte[Integer.parseInt(kindAndLength[1])]);
            default -> throw new CaseProblem("unknown content: " + order);
        };
    }

    private static String unsigned(byte[] claims) {
        byte[] header = "{\"alg\":\"none\"}".getBytes(StandardCharsets.US_ASCII);
        return Jwt.encodeSegment(header) + "." + Jwt.encodeSegment(claims) + ".";
    }

    private JWEEncrypter encrypter(String algorithm, EncryptionMethod method, String key) throws JOSEException {
        ForgedKeys named = new ForgedKeys(keys);
        if (algorithm.startsWith("RSA")) {
            return new RSAEncrypter(named.rsaPublicKey(key));
        }
        if (algorithm.startsWith("ECDH-ES")) {
            return new ECDHEncrypter(named.ecPublicKey(key));
        }
        byte[] secret = key.isEmpty() ? HostileKeys.encryptionSecret() : named.secret(key);
        if (algorithm.startsWith("PBES2")) {
            return new PasswordBasedEncrypter(secret, PBES2_SALT_LENGTH, PBES2_ITERATIONS);
        }
        return algorithm.equals("dir")
                ? new DirectEncrypter(Arrays.copyOf(secret, method.cekBitLength() / Byte.SIZE))
                : new AESEncrypter(Arrays.copyOf(secret, Integer.parseInt(algorithm.substring(1, 4)) / Byte.SIZE));
    }

    private static JWEDecrypter decrypter(HostileKeys keys) throws JOSEException {
        return switch (keys.algorithm()) {
            case RS256 -> new RSADecrypter(keys.serverRsa().getPrivate());
            case ES256 -> new ECDHDecrypter((ECPrivateKey) keys.serverEc().getPrivate());
            default -> new DirectDecrypter(HostileKeys.encryptionSecret());
        };
    }

    /** An ephemeral key that is not a point of the curve, as if to learn the server's key bit by bit. */
    private static String offCurve(String algorithm) {
        ObjectNode header = JsonNodeFactory.instance
                .objectNode()
                .put("alg", algorithm)
                .put("enc", "A256GCM")
                .put("cty", "JWT");
        byte[] coordinate = new byte[EcdsaSignature.LENGTH];
        coordinate[EcdsaSignature.LENGTH - 1] = 1;
        header.putObject("epk")
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", Jwt.encodeSegment(coordinate))
                .put("y", Jwt.encodeSegment(coordinate));
        String content = Jwt.encodeSegment("anything".getBytes(StandardCharsets.US_ASCII));
        return String.join(
                ".",
                Jwt.encodeSegment(Json.writeAscii(header)),
                "",
                Jwt.encodeSegment(new byte[12]),
                content,
                Jwt.encodeSegment(new byte[16]));
    }
}
