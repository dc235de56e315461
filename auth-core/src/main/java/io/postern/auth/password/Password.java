package io.postern.auth.password;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Objects;

/**
 * A password as somebody typed it, in a wrapper that cannot be printed by accident.
 *
 * <p>Nothing is trimmed, folded or cut. Two passwords are never {@code equals}; let a {@link PasswordHasher} compare.
 * Immutable and safe for use by several threads.
 *
 * <p><b>Security.</b> {@link #reveal()} is the only way to the text; keep what it returns out of fields, logs, messages
 * and URLs.
 */
public final class Password {

    private final String text;

    private Password(String text) {
        this.text = Objects.requireNonNull(text, "password");
    }

    /**
     * Wraps a password.
     *
     * @param text the text as typed; any text, the empty one too
     * @return the password
     */
    public static Password of(String text) {
        return new Password(text);
    }

    /**
     * Returns the text.
     *
     * @return the text as typed
     */
    public String reveal() {
        return text;
    }

    /**
     * Tells whether there is no text at all.
     *
     * @return true for the empty password, which never matches
     */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /**
     * Returns the length that Java counts.
     *
     * @return the number of {@code char}s
     */
    public int lengthInChars() {
        return text.length();
    }

    /**
     * Returns the length that a hash function sees.
     *
     * @return the number of bytes in UTF-8
     */
    public int lengthInBytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Returns this password in a Unicode normal form, so that differently composed accents are one password. Whoever
     * normalises at login has to do so before hashing a new password too.
     *
     * @param form the form
     * @return the password in that form
     */
    public Password normalised(Normalizer.Form form) {
        return new Password(Normalizer.normalize(text, form));
    }

    @Override
    public String toString() {
        return "***";
    }
}
