package io.postern.auth.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script, which the server runs atomically.
 *
 * @param text the source
 * @param sha1 its name for EVALSHA
 */
record Script(String text, String sha1) {

    /** Loads a script from the resources of this package. */
    static Script named(String name) {
        try (InputStream file = Script.class.getResourceAsStream(name + ".lua")) {
            if (file == null) {
                throw new IllegalStateException("the jar of auth-redis lacks the script " + name + ".lua");
            }
            byte[] bytes = file.readAllBytes();
            // Redis names scripts by SHA-1; nothing depends on its strength.
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(bytes);
            return new Script(
                    new String(bytes, StandardCharsets.UTF_8), HexFormat.of().formatHex(sha1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
