package io.postern.auth.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Comparison whose time tells nothing about the content. All methods are safe for use by several threads. */
public final class ConstantTime {

    private ConstantTime() {}

    /**
     * Compares two texts by their bytes in UTF-8; the time depends on the lengths alone.
     *
     * @param one a text
     * @param other a text
     * @return true if they are equal
     */
    public static boolean equals(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
