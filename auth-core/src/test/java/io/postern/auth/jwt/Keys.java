package io.postern.auth.jwt;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keys of every algorithm, made once. */
final class Keys {

    static final byte[] SECRET = "0123456789abcdef".repeat(4).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = "0123456789abcdeX".repeat(4).getBytes(StandardCharsets.US_ASCII);
    private static final Map<String, KeyPair> MADE = new ConcurrentHashMap<>();

    private Keys() {}

    static JwtKey of(JwtAlgorithm algorithm) {
        return make(algorithm, SECRET, pair(algorithm));
    }

    static JwtKey other(JwtAlgorithm algorithm) {
        return make(algorithm, OTHER, generated(kind(algorithm), "other"));
    }

    static KeyPair pair(JwtAlgorithm algorithm) {
        return generated(kind(algorithm), "own");
    }

    static KeyPair generated(String kind, String which) {
        return MADE.computeIfAbsent(kind + " " + which, key -> generate(kind));
    }

    private static JwtKey make(JwtAlgorithm algorithm, byte[] secret, KeyPair pair) {
        return algorithm.family() == JwtAlgorithm.Family.HMAC
                ? JwtKey.hmac(algorithm, secret)
                : JwtKey.of(algorithm, pair.getPublic(), pair.getPrivate());
    }

    static boolean verifies(JwtKey key, byte[] input, Base64URL signature) {
        return key.verify(input, input.length, signature.decode());
    }

    static Optional<JwtKey> find(KeyRing ring, String algorithm, Optional<String> id, boolean idRequired, Instant now) {
        return Optional.ofNullable(ring.find(algorithm, id.orElse(null), idRequired, now));
    }

    private static String kind(JwtAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> "secp256r1";
            case ES384 -> "secp384r1";
            case ES512 -> "secp521r1";
            case EDDSA -> "Ed25519";
            default -> "2048";
        };
    }

    private static KeyPair generate(String kind) {
        try {
            KeyPairGenerator generator;
            if (kind.startsWith("secp")) {
                generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec(kind));
            } else if (kind.startsWith("Ed") || kind.startsWith("X")) {
                generator = KeyPairGenerator.getInstance(kind);
            } else {
                generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(Integer.parseInt(kind));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
