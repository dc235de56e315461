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
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;

/** Encrypted tokens that nobody should take, and the way into those that the server makes. */
final class ForgedJwe {

    private ForgedJwe() {}

    /** What is inside of a token that the server encrypted. */
    static String open(String token, HostileKeys keys) {
        try {
            JWEObject jwe = JWEObject.parse(token);
            jwe.decrypt(decrypter(keys));
            return jwe.getPayload().toString();
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String seal(JsonNode order, String token, byte[] claims, HostileKeys keys) {
        String algorithm = order.required("alg").textValue();
        if (order.has("epk")) {
            return offCurve(algorithm);
        }
        JWEHeader.Builder header = new JWEHeader.Builder(
                        JWEAlgorithm.parse(algorithm),
                        EncryptionMethod.parse(order.required("enc").textValue()))
                .contentType("JWT");
        if (order.has("zip")) {
            header.compressionAlgorithm(
                    new CompressionAlgorithm(order.get("zip").textValue()));
        }
        try {
            JWEObject jwe = new JWEObject(
                    header.build(), payload(order.required("payload").textValue(), token, claims));
            jwe.encrypt(encrypter(algorithm, keys));
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Payload payload(String order, String token, byte[] claims) {
        String[] kindAndLength = order.split(":", 2);
        return switch (kindAndLength[0]) {
            case "claims" -> new Payload(claims);
            case "nested-jws" -> new Payload(token);
            case "zeros" -> new Payload(new byte[Integer.parseInt(kindAndLength[1])]);
            default -> throw new CaseProblem("no such content: " + order);
        };
    }

    private static JWEEncrypter encrypter(String algorithm, HostileKeys keys) throws JOSEException {
        return algorithm.equals("dir")
                ? new DirectEncrypter(HostileKeys.encryptionSecret())
                : new RSAEncrypter((RSAPublicKey) keys.serverRsa().getPublic());
    }

    private static JWEDecrypter decrypter(HostileKeys keys) throws JOSEException {
        return switch (keys.algorithm()) {
            case RS256 -> new RSADecrypter(keys.serverRsa().getPrivate());
            case ES256 -> new ECDHDecrypter((ECPrivateKey) keys.serverEc().getPrivate());
            default -> new DirectDecrypter(HostileKeys.encryptionSecret());
        };
    }

    /** An ephemeral key that is no point of the curve, as if to learn the server's key bit by bit. */
    private static String offCurve(String algorithm) {
        ObjectNode header = JsonNodeFactory.instance
                .objectNode()
                .put("alg", algorithm)
                .put("enc", "A256GCM")
                .put("cty", "JWT");
        byte[] coordinate = new byte[32];
        coordinate[31] = 1;
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
