package io.postern.auth.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A SHA-256 as a key of maps: four longs take 48 bytes of heap, as a hex string they would take 104.
 *
 * <p>Clients choose what is digested, but cannot choose digests, so the hash code is part of the digest. Not for comparing
 * secrets: {@code equals} is not constant-time, which discloses nothing of what was digested.
 */
public record Sha256(long first, long second, long third, long fourth) {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Digests a string's bytes in UTF-8. */
    public static Sha256 of(String text) {
        return ofDigest(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Digests a range of bytes. */
    static Sha256 of(byte[] bytes, int from, int to) {
        return ofDigest(Digests.sha256(bytes, from, to));
    }

    /** Wraps 32 bytes that are a digest or a MAC already. */
    public static Sha256 ofDigest(byte[] digest) {
        return new Sha256(at(digest, 0), at(digest, 8), at(digest, 16), at(digest, 24));
    }

    private static long at(byte[] digest, int index) {
        return (long) LONGS.get(digest, index);
    }

    /** Written out because the one of records takes as long as a digest on Java 17. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256 that
                && first == that.first
                && second == that.second
                && third == that.third
                && fourth == that.fourth;
    }

    @Override
    public int hashCode() {
        return (int) first;
    }

    @Override
    public String toString() {
        return "Sha256[***]";
    }
}
