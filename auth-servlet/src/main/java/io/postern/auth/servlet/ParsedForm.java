package io.postern.auth.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/** The fields of a form in the body, without those of the query, as the container has parsed them for another component. */
record ParsedForm(HttpServletRequest request) {

    /**
     * Returns the form of the container's own request: in a forward or include, the wrapped one has parameters of the query
     * of the target too.
     */
    static ParsedForm of(HttpServletRequest request) {
        return new ParsedForm(ServletAuthRequest.container(request));
    }

    /** Returns the values of a field; the container merges both sources, those of the query first (Servlet 6.0, section 3.1). */
    List<String> values(String name) {
        String[] values = request.getParameterValues(name);
        return values == null
                ? List.of()
                : Arrays.asList(values).subList(Math.min(inQuery(name), values.length), values.length);
    }

    /** Returns the urlencoded form in the bytes in which the client sent it. */
    byte[] urlencoded() {
        StringJoiner form = new StringJoiner("&");
        for (String name : request.getParameterMap().keySet()) {
            for (String value : values(name)) {
                form.add(encoded(name) + "=" + encoded(value));
            }
        }
        return form.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Returns the text fields of a multipart form as such a form with a boundary.
     *
     * @param max the number of bytes after which the rest is left out
     */
    byte[] multipart(String boundary, int max) throws IOException, ServletException {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (Part part : request.getParts()) {
            if (part.getSubmittedFileName() != null) {
                continue;
            }
            form.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\""
                            + part.getName().replace("\"", "%22") + "\"\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            try (InputStream content = part.getInputStream()) {
                form.writeBytes(content.readNBytes(Math.max(0, max - form.size())));
            }
            form.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        form.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    private int inQuery(String name) {
        String query = request.getQueryString();
        return query == null
                ? 0
                : (int) Arrays.stream(query.split("&", -1))
                        .map(pair -> pair.split("=", 2)[0])
                        .filter(raw -> decoded(raw).equals(name))
                        .count();
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return raw;
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, charsetOf(value));
    }

    /**
     * A container that was not given a charset has decoded the bytes of UTF-8 as ISO 8859-1 (Servlet 6.0, section 3.12);
     * what was decoded rightly is not valid UTF-8 in those bytes.
     */
    private static Charset charsetOf(String value) {
        if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(value)) {
            return StandardCharsets.UTF_8;
        }
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(value)));
            return StandardCharsets.ISO_8859_1;
        } catch (CharacterCodingException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
