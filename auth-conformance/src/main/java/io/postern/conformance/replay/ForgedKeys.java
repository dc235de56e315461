package io.postern.conformance.replay;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The keys that recipes name.
 *
 * @param keys the server's and the attacker's
 */
record ForgedKeys(HostileKeys keys) {

    private static final int PEM_COLUMNS = 64;

    /** A secret, or a public key in a form that a confused verifier might take for one. */
    byte[] secret(String key) {
        String[] kindAndText = key.split(":", 2);
        String text = kindAndText.length < 2 ? "" : kindAndText[1];
        return switch (kindAndText[0]) {
            case "server" -> HostileKeys.hmacSecret();
            case "hex" -> HexFormat.of().parseHex(text);
            case "utf8" -> text.getBytes(StandardCharsets.UTF_8);
            case "serverRsaPublic" -> publicBytes(keys.serverRsa().getPublic(), text);
            case "serverEcPublic" -> publicBytes(keys.serverEc().getPublic(), text);
            default -> throw new CaseProblem("unknown secret: " + key);
        };
    }

    PrivateKey privateKey(String key) {
        return switch (key) {
            case "server" -> ownPrivateKey();
            case "attackerRsa2048" -> keys.attackerRsa().getPrivate();
            case "attackerP256" -> keys.attackerEc().getPrivate();
            case "serverRsaPrivate" -> keys.serverRsa().getPrivate();
            case "serverEcPrivate" -> keys.serverEc().getPrivate();
            default -> throw new CaseProblem("unknown private key: " + key);
        };
    }

    RSAPublicKey rsaPublicKey(String key) {
        return switch (key) {
            case "", "serverRsaPublic" -> (RSAPublicKey) keys.serverRsa().getPublic();
            case "attackerRsa2048" -> (RSAPublicKey) keys.attackerRsa().getPublic();
            default -> throw new CaseProblem("unknown RSA key: " + key);
        };
    }

    ECPublicKey ecPublicKey(String key) {
        return switch (key) {
            case "", "serverEcPublic" -> (ECPublicKey) keys.serverEc().getPublic();
            case "attackerP256" -> (ECPublicKey) keys.attackerEc().getPublic();
            default -> throw new CaseProblem("unknown EC key: " + key);
        };
    }

    private PrivateKey ownPrivateKey() {
        return switch (keys.algorithm()) {
            case RS256 -> keys.serverRsa().getPrivate();
            case ES256 -> keys.serverEc().getPrivate();
            default -> throw new CaseProblem("this server has no private key");
        };
    }

    private static byte[] publicBytes(PublicKey key, String form) {
        return switch (form) {
            case "der" -> key.getEncoded();
            case "base64" -> ascii(Base64.getEncoder().encodeToString(key.getEncoded()));
            case "pem" -> ascii(pem(key, "\n") + "\n");
            case "pemCrlf" -> ascii(pem(key, "\r\n") + "\r\n");
            case "pemNoNewline" -> ascii(pem(key, "\n"));
            case "jwkJson" ->
                Json.writeUtf8(
                        key instanceof RSAPublicKey rsa ? ForgedHeader.jwk(rsa) : ForgedHeader.jwk((ECPublicKey) key));
            case "n-bytes" -> {
                if (!(key instanceof RSAPublicKey rsa)) {
                    throw new CaseProblem("an EC key has no modulus");
                }
                yield ForgedSignature.magnitude(rsa.getModulus());
            }
            default -> throw new CaseProblem("unknown form of a public key: " + form);
        };
    }

    private static String pem(PublicKey key, String lineEnd) {
        Base64.Encoder encoder = Base64.getMimeEncoder(PEM_COLUMNS, ascii(lineEnd));
        String body = encoder.encodeToString(key.getEncoded());
        return String.join(lineEnd, "-----BEGIN PUBLIC KEY-----", body, "-----END PUBLIC KEY-----");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
