package io.postern.auth.onetime;

import io.postern.auth.internal.Digests;
import io.postern.auth.internal.RandomText;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A one-time secret as a {@link OneTimeStore} holds it: everything except the secret itself.
 *
 * <pre>{@code
 * String key = OneTimeSecret.newValue();
 * store.add(new OneTimeSecret(OneTimeSecret.digestOf(key), "verify-email", userId, email, "", expires, 1), now);
 * }</pre>
 *
 * <p><b>Security.</b> {@link #toString()} omits digest, binding and payload.
 *
 * @param digest the SHA-256 of the secret in hex (see {@link #digestOf}), or of the handle of a code that is compared
 *     elsewhere; unique within a store
 * @param purpose what the secret is for; one to 64 lower-case ASCII letters, digits and hyphens. A secret cannot be used
 *     for another purpose
 * @param userId the user it belongs to; null if the user is not known yet
 * @param binding what must be unchanged, or be presented again, when the secret is used: a security stamp, an e-mail
 *     address, the digest of a cookie; at most 512 chars, may be empty. The store does not compare it, its caller does
 * @param payload data of the feature that created the secret; at most 8,192 chars, may be empty
 * @param expires the instant from which the secret is invalid
 * @param attemptsLeft how many times {@link OneTimeStore#attempt} succeeds from now on
 */
public record OneTimeSecret(
        String digest,
        String purpose,
        @Nullable String userId,
        String binding,
        String payload,
        Instant expires,
        int attemptsLeft) {

    private static final int DIGEST_CHARS = 64;
    private static final int MAX_PURPOSE = 64;
    private static final int MAX_BINDING = 512;
    private static final int MAX_PAYLOAD = 8_192;
    private static final int VALUE_BYTES = 32;

    /** Validates the components. */
    public OneTimeSecret {
        Objects.requireNonNull(expires, "expires");
        if (digest.length() != DIGEST_CHARS) {
            throw new IllegalArgumentException("digest must have 64 hex digits: use OneTimeSecret.digestOf(value)");
        }
        if (purpose.isEmpty()
                || purpose.length() > MAX_PURPOSE
                || !purpose.chars().allMatch(OneTimeSecret::isName)) {
            throw new IllegalArgumentException("purpose must be 1 to 64 of a-z, 0-9 and -: " + purpose);
        }
        requireLength("binding", binding, MAX_BINDING);
        requireLength("payload", payload, MAX_PAYLOAD);
        if (attemptsLeft < 0) {
            throw new IllegalArgumentException("attemptsLeft must not be negative: " + attemptsLeft);
        }
    }

    /**
     * Returns a new random secret of 256 bits for a link, a form or a cookie.
     *
     * @return 43 characters of base64url
     */
    public static String newValue() {
        return new RandomText().base64Url(VALUE_BYTES);
    }

    /**
     * Returns the digest under which a secret is stored.
     *
     * @param value the secret, or the handle of a code
     * @return 64 hex digits
     */
    public static String digestOf(String value) {
        return Digests.sha256Hex(value);
    }

    /**
     * Returns whether the secret has expired.
     *
     * @param now the current time
     * @return true at the instant of expiry and after
     */
    public boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    /**
     * Returns this secret with another number of attempts.
     *
     * @param count the attempts left
     * @return a new record
     */
    public OneTimeSecret withAttemptsLeft(int count) {
        return new OneTimeSecret(digest, purpose, userId, binding, payload, expires, count);
    }

    @Override
    public String toString() {
        return "OneTimeSecret[" + purpose + " of " + userId + ", expires " + expires + "]";
    }

    private static boolean isName(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    private static void requireLength(String name, String value, int max) {
        if (value.length() > max) {
            throw new IllegalArgumentException(name + " must have at most " + max + " chars, not " + value.length());
        }
    }
}
