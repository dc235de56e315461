package io.postern.auth.jwt;

import io.postern.auth.user.StoredUser;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The claim that binds a token to its user's password without revealing anything of it. */
final class Fingerprint {

    private static final String ALGORITHM = "HmacSHA256";

    private Fingerprint() {}

    static Function<StoredUser, String> of(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException(
                    "passwordFingerprint needs a key of at least 32 random bytes, this one has " + key.length);
        }
        SecretKeySpec secret = new SecretKeySpec(key, ALGORITHM);
        return user -> compute(secret, user.securityStamp());
    }

    private static String compute(SecretKeySpec secret, String securityStamp) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal(securityStamp.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
