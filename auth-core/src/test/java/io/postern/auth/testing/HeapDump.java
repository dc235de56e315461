package io.postern.auth.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Searches all live objects of this process for a string. */
public final class HeapDump {

    private static final byte MASK = 0x55;

    private HeapDump() {}

    /** Returns an ASCII string disguised, so that holding it is not finding it. */
    public static byte[] hidden(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= MASK;
        }
        return bytes;
    }

    /** Returns whether a live object contains the string that was disguised, as bytes or Latin-1 characters. */
    public static boolean contains(byte[] hidden) throws IOException {
        Path directory = Files.createTempDirectory("heap");
        Path file = directory.resolve("dump.hprof");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
                return contains(in, hidden);
            }
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    /** Knuth, Morris and Pratt: the dump is read once. */
    private static boolean contains(InputStream in, byte[] hidden) throws IOException {
        int[] fallback = new int[hidden.length + 1];
        fallback[0] = -1;
        for (int i = 0, j = -1; i < hidden.length; ) {
            while (j >= 0 && hidden[i] != hidden[j]) {
                j = fallback[j];
            }
            fallback[++i] = ++j;
        }
        int matched = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            while (matched >= 0 && hidden[matched] != (byte) (next ^ MASK)) {
                matched = fallback[matched];
            }
            matched++;
            if (matched == hidden.length) {
                return true;
            }
        }
        return false;
    }
}
