package io.postern.auth.oidc;

import io.postern.auth.internal.JsonWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A key of an outside issuer, which signs with nothing but the JDK. */
record OutsideKey(String kid, String alg, KeyPair pair) {

    private static final String P256 = "secp256r1";

    static OutsideKey of(String kid, String alg) {
        try {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(alg.equals("EdDSA") ? "Ed25519" : alg.startsWith("ES") ? "EC" : "RSA");
            if (alg.startsWith("ES")) {
                generator.initialize(new ECGenParameterSpec(P256));
            } else if (!alg.equals("EdDSA")) {
                generator.initialize(2048);
            }
            return new OutsideKey(kid, alg, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String set(OutsideKey... keys) {
        return set(Arrays.stream(keys).map(OutsideKey::jwk).toList());
    }

    static String set(List<Map<String, Object>> jwks) {
        return JsonWriter.write(Map.of("keys", jwks));
    }

    OutsideKey named(String other) {
        return new OutsideKey(other, alg, pair);
    }

    Map<String, Object> jwk() {
        Map<String, Object> jwk = new LinkedHashMap<>(Map.of("kid", kid, "alg", alg, "use", "sig"));
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            jwk.putAll(Map.of("kty", "RSA", "n", number(rsa.getModulus()), "e", number(rsa.getPublicExponent())));
        } else if (pair.getPublic() instanceof ECPublicKey ec) {
            jwk.putAll(Map.of("kty", "EC", "crv", "P-256"));
            jwk.put("x", base64(fixed(ec.getW().getAffineX(), 32)));
            jwk.put("y", base64(fixed(ec.getW().getAffineY(), 32)));
        } else {
            byte[] encoded = ((EdECPublicKey) pair.getPublic()).getEncoded();
            jwk.putAll(Map.of("kty", "OKP", "crv", "Ed25519"));
            jwk.put("x", base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
        }
        return jwk;
    }

    Map<String, Object> privateJwk() {
        Map<String, Object> jwk = jwk();
        jwk.put("d", number(((RSAPrivateKey) pair.getPrivate()).getPrivateExponent()));
        return jwk;
    }

    String sign(Map<String, Object> header, Map<String, Object> claims) {
        String input = base64(JsonWriter.write(header)) + "." + base64(JsonWriter.write(claims));
        try {
            Signature signature = signature();
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Signature signature() throws GeneralSecurityException {
        if (alg.equals("PS256")) {
            Signature pss = Signature.getInstance("RSASSA-PSS");
            pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            return pss;
        }
        return Signature.getInstance(
                switch (alg) {
                    case "EdDSA" -> "Ed25519";
                    case "ES256" -> "SHA256withECDSAinP1363Format";
                    default -> "SHA256withRSA";
                });
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String number(BigInteger value) {
        return base64(fixed(value, (value.bitLength() + 7) / 8));
    }

    private static byte[] fixed(BigInteger value, int length) {
        byte[] bytes = value.toByteArray();
        byte[] all = new byte[length];
        int taken = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - taken, all, length - taken, taken);
        return all;
    }
}
