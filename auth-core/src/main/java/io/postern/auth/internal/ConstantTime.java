package io.postern.auth.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Comparison whose duration does not depend on the content. Thread-safe. */
public final class ConstantTime {

    private ConstantTime() {}

    /**
     * Compares two strings by their bytes in UTF-8; the time depends on the lengths alone.
     *
     * @return true if they are equal
     */
    public static boolean equals(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
