package io.postern.auth.memory;

import io.postern.auth.internal.Digests;
import io.postern.auth.token.TokenValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The SHA-256 of a token as a key of a map: less than half of the memory of its hex digits, and no time to write them. The
 * hash code is a part of the digest, so that clients cannot choose colliding keys.
 */
record DigestKey(long first, long second, long third, long fourth) {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    static DigestKey of(TokenValue value) {
        byte[] digest = Digests.sha256(value.reveal().getBytes(StandardCharsets.UTF_8));
        return new DigestKey(
                (long) LONGS.get(digest, 0), (long) LONGS.get(digest, 8), (long) LONGS.get(digest, 16), (long)
                        LONGS.get(digest, 24));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DigestKey key
                && first == key.first
                && second == key.second
                && third == key.third
                && fourth == key.fourth;
    }

    @Override
    public int hashCode() {
        return (int) first;
    }
}
