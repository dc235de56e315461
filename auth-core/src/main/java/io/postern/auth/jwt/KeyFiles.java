package io.postern.auth.jwt;

import io.postern.auth.internal.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Reads key files; what is wrong with one is said with its name and without its content. */
final class KeyFiles {

    /** Some hundred RSA keys: whatever is larger is no key file. */
    private static final int MAX_BYTES = 1 << 20;

    private KeyFiles() {}

    static <T> T read(Path file, Function<String, T> reader) {
        String text = text(file);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key file " + file + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path file) {
        byte[] bytes = bytes(file);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("the key file " + file + " is larger than " + MAX_BYTES + " bytes");
        }
        return Utf8.decode(bytes)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the key file " + file + " is no text: give PEM or JSON in UTF-8, not for instance DER"));
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the key file " + file + " cannot be read: check its path and permissions", e);
        }
    }
}
