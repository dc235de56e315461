package io.postern.auth.password;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Objects;

/**
 * A password as typed, wrapped so that it cannot be logged by accident.
 *
 * <p>It is not trimmed, case-folded or truncated. Two passwords are never {@code equals}; a {@link PasswordHasher}
 * compares them. Immutable and safe for use by several threads.
 *
 * <p><b>Security.</b> Only {@link #reveal()} returns the value; keep it out of fields, logs, messages and URLs.
 */
public final class Password {

    private final String value;

    private Password(String value) {
        this.value = Objects.requireNonNull(value, "password");
    }

    /**
     * Creates a password.
     *
     * @param value the password as typed; may be empty
     */
    public static Password of(String value) {
        return new Password(value);
    }

    /** Returns the password as typed. */
    public String reveal() {
        return value;
    }

    /** Returns whether this is the empty password, which never matches. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** Returns the length in {@code char}s. */
    public int lengthInChars() {
        return value.length();
    }

    /** Returns the length in bytes of UTF-8, which is what a hash function processes. */
    public int lengthInBytes() {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Returns this password in a Unicode normal form, so that differently composed accents are the same password. An
     * application that normalises at login must do so before hashing new passwords too.
     *
     * @param form the form, NFC if in doubt
     */
    public Password normalised(Normalizer.Form form) {
        return new Password(Normalizer.normalize(value, form));
    }

    @Override
    public String toString() {
        return "***";
    }
}
