package io.postern.auth.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds control characters in the value of a header, other than a tab, which servers and proxies interpret differently.
 *
 * <p>Each request is examined, and a look at each character of a token takes as long as the digest of it. So eight are looked at
 * at once, and one by one only if one of the eight may be a control character.
 */
final class ControlCharacters {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int CHUNK = 64;
    private static final long ONES = 0x0101010101010101L;
    private static final long SIGNS = 0x8080808080808080L;
    private static final byte PRINTABLE = 'A';

    private ControlCharacters() {}

    static boolean in(String value) {
        return mayBeIn(value) && isIn(value);
    }

    /** Of a character beyond ISO-8859-1 the lower byte is looked at; that of a control character is the character itself. */
    @SuppressWarnings("deprecation") // the method is deprecated for what it does to the upper bytes
    private static boolean mayBeIn(String value) {
        byte[] chunk = new byte[CHUNK];
        for (int from = 0; from < value.length(); from += CHUNK) {
            int length = Math.min(CHUNK, value.length() - from);
            value.getBytes(from, from + length, chunk, 0);
            for (int i = length; i < CHUNK && i % Long.BYTES != 0; i++) {
                chunk[i] = PRINTABLE;
            }
            long doubts = 0;
            for (int i = 0; i < length; i += Long.BYTES) {
                doubts |= doubts((long) LONGS.get(chunk, i));
            }
            if ((doubts & SIGNS) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Sets a sign if one of eight bytes is below a space, a DEL, or beyond ASCII. */
    private static long doubts(long bytes) {
        long noDel = bytes ^ (ONES * 0x7F);
        return ((bytes - ONES * ' ') & ~bytes) | ((noDel - ONES) & ~noDel) | bytes;
    }

    private static boolean isIn(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                return true;
            }
        }
        return false;
    }
}
