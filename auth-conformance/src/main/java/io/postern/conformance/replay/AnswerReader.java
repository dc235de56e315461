package io.postern.conformance.replay;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one HTTP/1.1 answer from a connection that is closed after it. */
final class AnswerReader {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
    private static final int MAX_LINE = 65_536;
    private static final int CONTINUE = 100;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final InputStream in;

    AnswerReader(InputStream in) {
        this.in = in;
    }

    Answer read(String method) throws IOException {
        int status;
        List<Header> headers;
        do {
            status = readStatus();
            headers = readHeaders();
        } while (status == CONTINUE);
        boolean bodiless = method.equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED;
        return new Answer(status, headers, bodiless ? new byte[0] : readBody(headers));
    }

    private int readStatus() throws IOException {
        String line = readLine();
        Matcher found = STATUS_LINE.matcher(line);
        if (!found.matches()) {
            throw new ProtocolException("not a status line: " + Json.shorten(line));
        }
        return Integer.parseInt(found.group(1));
    }

    private List<Header> readHeaders() throws IOException {
        List<Header> headers = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new ProtocolException("not a header: " + Json.shorten(line));
            }
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private byte[] readBody(List<Header> headers) throws IOException {
        if (value(headers, "Transfer-Encoding")
                .filter("chunked"::equalsIgnoreCase)
                .isPresent()) {
            return readChunks();
        }
        Optional<String> length = value(headers, "Content-Length");
        return length.isPresent() ? readExactly(toSize(length.get(), 10)) : in.readAllBytes();
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String[] sizeAndExtensions = readLine().split(";", 2);
            int size = toSize(sizeAndExtensions[0].strip(), 16);
            if (size == 0) {
                readHeaders();
                return body.toByteArray();
            }
            body.writeBytes(readExactly(size));
            if (!readLine().isEmpty()) {
                throw new ProtocolException("a chunk is longer than it says");
            }
        }
    }

    private byte[] readExactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the body ends after %d of %d bytes".formatted(bytes.length, size));
        }
        return bytes;
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed within the answer's head");
            }
            if (line.size() == MAX_LINE) {
                throw new ProtocolException("a line of the answer is too long");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static Optional<String> value(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.isNamed(name))
                .map(Header::value)
                .findFirst();
    }

    private static int toSize(String text, int radix) throws ProtocolException {
        try {
            return Integer.parseUnsignedInt(text, radix);
        } catch (NumberFormatException e) {
            throw new ProtocolException("not a size: " + Json.shorten(text));
        }
    }
}
