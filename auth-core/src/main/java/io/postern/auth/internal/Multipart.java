package io.postern.auth.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the text fields of {@code multipart/form-data} (RFC 7578) and skips its files. At most 1,000 parts, each with at
 * most 4,096 bytes of headers. The static method is safe for use by several threads.
 */
public final class Multipart {

    private static final int MAX_HEADERS = 4_096;
    private static final int MAX_BOUNDARY = 70;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};

    private final byte[] body;
    private final byte[] delimiter;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private int position;

    private Multipart(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Reads a body.
     *
     * @param contentType the value of the {@code Content-Type} header
     * @return the text fields in the order of the body; the last value of a repeated name wins, as in DRF
     * @throws FormException if the body is malformed, a string is not valid UTF-8 or there are too many parts
     */
    public static Map<String, String> fields(byte[] body, String contentType) {
        String boundary = MediaType.parse(contentType)
                .filter(type -> type.is("multipart/form-data") || type.is("multipart/*"))
                .flatMap(type -> type.parameter("boundary"))
                .filter(Multipart::isBoundary)
                .orElseThrow(() -> new FormException("Invalid boundary"));
        Multipart reader = new Multipart(body, boundary);
        reader.read();
        return Collections.unmodifiableMap(reader.fields);
    }

    private static boolean isBoundary(String boundary) {
        return !boundary.isEmpty()
                && boundary.length() <= MAX_BOUNDARY
                && !boundary.endsWith(" ")
                && boundary.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private void read() {
        byte[] opening = Arrays.copyOfRange(delimiter, LINE_END.length, delimiter.length);
        if (!startsWith(body, 0, opening)) {
            throw new FormException("Missing opening boundary");
        }
        position = opening.length;
        int count = 0;
        while (!isClosed()) {
            count++;
            Forms.requireFew(count);
            readPart();
        }
    }

    private boolean isClosed() {
        if (startsWith(body, position, new byte[] {'-', '-'})) {
            return true;
        }
        if (!startsWith(body, position, LINE_END)) {
            throw new FormException("Malformed boundary line");
        }
        return false;
    }

    private void readPart() {
        int headersEnd = indexOf(HEADERS_END, position);
        if (headersEnd < 0 || headersEnd - position > MAX_HEADERS) {
            throw new FormException("Malformed part headers");
        }
        String headers = text(Math.min(position + LINE_END.length, headersEnd), headersEnd);
        int start = headersEnd + HEADERS_END.length;
        // An empty content may share its line end with the headers.
        int end = indexOf(delimiter, start - LINE_END.length);
        if (end < 0) {
            throw new FormException("Missing closing boundary");
        }
        int contentStart = Math.min(start, end);
        PartHeaders.fieldName(headers).ifPresent(name -> fields.put(name, text(contentStart, end)));
        position = end + delimiter.length;
    }

    private String text(int start, int end) {
        Optional<String> text = Utf8.decode(Arrays.copyOfRange(body, start, end));
        return text.orElseThrow(() -> new FormException("Invalid UTF-8"));
    }

    private int indexOf(byte[] wanted, int from) {
        for (int i = from; i <= body.length - wanted.length; i++) {
            if (startsWith(body, i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] wanted) {
        return from + wanted.length <= bytes.length
                && Arrays.equals(bytes, from, from + wanted.length, wanted, 0, wanted.length);
    }
}
