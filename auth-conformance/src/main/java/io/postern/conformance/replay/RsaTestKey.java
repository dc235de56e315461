package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** The RSA key of the scenarios; it is published with them and protects nothing. */
record RsaTestKey(PublicKey publicKey, PrivateKey privateKey) {

    private static final int PEM_COLUMNS = 64;

    static RsaTestKey load() {
        JsonNode jwk = Resources.json("keys/conformance-rsa.json");
        BigInteger modulus = number(jwk, "n");
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new RsaTestKey(
                    factory.generatePublic(new RSAPublicKeySpec(modulus, number(jwk, "e"))),
                    factory.generatePrivate(new RSAPrivateKeySpec(modulus, number(jwk, "d"))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key as text, which a confused verifier might take for an HMAC key. */
    String publicPem() {
        Base64.Encoder encoder = Base64.getMimeEncoder(PEM_COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                .formatted(encoder.encodeToString(publicKey.getEncoded()));
    }

    @Override
    public String toString() {
        return "RsaTestKey[***]";
    }

    private static BigInteger number(JsonNode jwk, String member) {
        byte[] magnitude = Base64.getUrlDecoder().decode(jwk.required(member).textValue());
        return new BigInteger(1, magnitude);
    }
}
