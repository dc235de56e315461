package io.postern.conformance.replay;

import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.function.Supplier;

/** The server's keys and the attacker's. Those of the server are known here, so that forgeries get as far as they can. */
record HostileKeys(JwtAlgorithm algorithm, KeyPair serverRsa, KeyPair serverEc, Attacker attacker) {

    /** Made when they are first needed. */
    private record Attacker(Supplier<KeyPair> rsa, Supplier<KeyPair> ec) {}

    private static final int ENCRYPTION_KEY_LENGTH = 32;
    private static final ECGenParameterSpec P256 = new ECGenParameterSpec("secp256r1");

    static HostileKeys forProfile(String profile) {
        RsaTestKey rsa = RsaTestKey.load();
        JwtAlgorithm algorithm = switch (profile) {
            case "rs256" -> JwtAlgorithm.RS256;
            case "es256" -> JwtAlgorithm.ES256;
            default -> JwtAlgorithm.HS256;
        };
        KeyPair serverRsa = new KeyPair(rsa.publicKey(), rsa.privateKey());
        KeyPair serverEc = generated("EC", P256);
        Attacker attacker = new Attacker(
                new Once<>(() -> generated("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4))),
                new Once<>(() -> generated("EC", P256)));
        return new HostileKeys(algorithm, serverRsa, serverEc, attacker);
    }

    KeyPair attackerRsa() {
        return attacker.rsa().get();
    }

    KeyPair attackerEc() {
        return attacker.ec().get();
    }

    /** What the server signed with before it got its present key. */
    JwtKey retired() {
        KeyPair rsa = attackerRsa();
        KeyPair ec = attackerEc();
        return switch (algorithm) {
            case RS256 -> JwtKey.of(algorithm, rsa.getPublic(), rsa.getPrivate());
            case ES256 -> JwtKey.of(algorithm, ec.getPublic(), ec.getPrivate());
            default ->
                JwtKey.hmac(algorithm, "retired-".concat(TokenSigner.HMAC_KEY).getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** What the server signs and verifies with. */
    JwtKey server() {
        return switch (algorithm) {
            case RS256 -> JwtKey.of(algorithm, serverRsa.getPublic(), serverRsa.getPrivate());
            case ES256 -> JwtKey.of(algorithm, serverEc.getPublic(), serverEc.getPrivate());
            default -> JwtKey.hmac(algorithm, hmacSecret());
        };
    }

    /** What the server encrypts with, where it does: each profile its own way. */
    JwtSettings.Builder encrypting(JwtSettings.Builder settings) {
        return switch (algorithm) {
            case RS256 ->
                settings.encryptRsaOaep256(
                        (RSAPublicKey) serverRsa.getPublic(), (RSAPrivateKey) serverRsa.getPrivate());
            case ES256 ->
                settings.encryptEcdhEs((ECPublicKey) serverEc.getPublic(), (ECPrivateKey) serverEc.getPrivate());
            default -> settings.encryptDirect(encryptionSecret());
        };
    }

    private static KeyPair generated(String name, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(name);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] hmacSecret() {
        return TokenSigner.HMAC_KEY.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] encryptionSecret() {
        byte[] secret = new byte[ENCRYPTION_KEY_LENGTH];
        System.arraycopy(hmacSecret(), 1, secret, 0, secret.length);
        return secret;
    }

    @Override
    public String toString() {
        return "HostileKeys[" + algorithm + "]";
    }
}
