package io.postern.auth.internal;

import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code application/x-www-form-urlencoded}: strictly in UTF-8, at most 1,000 fields as in Django. The method is
 * safe for use by several threads.
 */
public final class Forms {

    static final int MAX_FIELDS = 1_000;

    private Forms() {}

    /**
     * Reads a body.
     *
     * @return the fields in the order of the body; the last value of a repeated name wins, as in DRF
     * @throws FormException if an escape is malformed, a string is not valid UTF-8 or there are too many fields
     */
    public static Map<String, String> urlencoded(byte[] body) {
        Map<String, String> fields = new LinkedHashMap<>();
        int count = 0;
        int start = 0;
        for (int end = 0; end <= body.length; end++) {
            if (end == body.length || body[end] == '&') {
                if (end > start) {
                    count++;
                    requireFew(count);
                    put(fields, body, start, end);
                }
                start = end + 1;
            }
        }
        return Collections.unmodifiableMap(fields);
    }

    static void requireFew(int count) {
        if (count > MAX_FIELDS) {
            throw new FormException("Too many fields");
        }
    }

    private static void put(Map<String, String> fields, byte[] body, int start, int end) {
        int equals = start;
        while (equals < end && body[equals] != '=') {
            equals++;
        }
        fields.put(decode(body, start, equals), decode(body, Math.min(equals + 1, end), end));
    }

    private static String decode(byte[] body, int start, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        int i = start;
        while (i < end) {
            byte b = body[i];
            if (b == '%') {
                out.write(escaped(body, i, end));
                i += 3;
            } else {
                out.write(b == '+' ? ' ' : b);
                i++;
            }
        }
        return Utf8.decode(out.toByteArray()).orElseThrow(() -> new FormException("Invalid UTF-8"));
    }

    private static int escaped(byte[] body, int percent, int end) {
        if (percent + 2 >= end
                || !HexFormat.isHexDigit(body[percent + 1])
                || !HexFormat.isHexDigit(body[percent + 2])) {
            throw new FormException("Invalid percent escape");
        }
        return HexFormat.fromHexDigit(body[percent + 1]) * 16 + HexFormat.fromHexDigit(body[percent + 2]);
    }
}
