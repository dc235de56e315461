package io.postern.auth.jwt;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;

/** Writes PEM as openssl does. */
final class Pems {

    private Pems() {}

    static String privateKey(Key key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    static String publicKey(Key key) {
        return block("PUBLIC KEY", key.getEncoded());
    }

    static String both(JwtAlgorithm algorithm) {
        return privateKey(Keys.pair(algorithm).getPrivate())
                + publicKey(Keys.pair(algorithm).getPublic());
    }

    static String block(String label, byte[] der) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + label + "-----\n" + lines.encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
