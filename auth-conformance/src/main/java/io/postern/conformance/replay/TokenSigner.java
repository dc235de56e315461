package io.postern.conformance.replay;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens as a case demands, and checks those that the server made. */
final class TokenSigner {

    /** The HMAC key of every profile that uses one. */
    static final String HMAC_KEY = "conformance-signing-key-0123456789abcdef-0123456789abcdef-0123456789";

    private static final String RS256 = "SHA256withRSA";

    private final String algorithm;
    private final RsaTestKey rsaKey;

    private TokenSigner(String algorithm, RsaTestKey rsaKey) {
        this.algorithm = algorithm;
        this.rsaKey = rsaKey;
    }

    static TokenSigner forProfile(String profile) {
        String algorithm = switch (profile) {
            case "default", "rotate", "sliding", "noblacklist", "proxies" -> "HS256";
            case "custom" -> "HS512";
            case "rs256" -> "RS256";
            default -> throw new IllegalArgumentException("unknown profile " + profile);
        };
        return new TokenSigner(algorithm, RsaTestKey.load());
    }

    /** The algorithm of the profile's own tokens. */
    String algorithm() {
        return algorithm;
    }

    String rsaPublicPem() {
        return rsaKey.publicPem();
    }

    /** A signature with the key given, or with the RSA key if the algorithm is RS256. */
    byte[] sign(String name, String key, byte[] input) {
        return switch (name) {
            case "HS256" -> hmac("HmacSHA256", key, input);
            case "HS384" -> hmac("HmacSHA384", key, input);
            case "HS512" -> hmac("HmacSHA512", key, input);
            case "RS256" -> rs256(input);
            case "none" -> new byte[0];
            default -> throw new CaseProblem("cannot sign with " + name);
        };
    }

    /** Whether the profile's own key made the signature, by the profile's own algorithm. */
    boolean isValid(String token) {
        int lastDot = token.lastIndexOf('.');
        byte[] input = token.substring(0, Math.max(lastDot, 0)).getBytes(StandardCharsets.US_ASCII);
        return Jwt.decodeSegment(token.substring(lastDot + 1))
                .filter(signature -> algorithm.equals("RS256")
                        ? isRs256(input, signature)
                        : MessageDigest.isEqual(signature, sign(algorithm, HMAC_KEY, input)))
                .isPresent();
    }

    private static byte[] hmac(String name, String key, byte[] input) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(name);
            // HMAC pads keys with zero bytes, so one zero byte stands for the empty key, which Java refuses.
            mac.init(new SecretKeySpec(bytes.length == 0 ? new byte[1] : bytes, name));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] rs256(byte[] input) {
        try {
            Signature signature = Signature.getInstance(RS256);
            signature.initSign(rsaKey.privateKey());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isRs256(byte[] input, byte[] found) {
        try {
            Signature signature = Signature.getInstance(RS256);
            signature.initVerify(rsaKey.publicKey());
            signature.update(input);
            return signature.verify(found);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
