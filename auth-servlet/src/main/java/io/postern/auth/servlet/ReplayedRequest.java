package io.postern.auth.servlet;

import io.postern.auth.internal.MediaType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request whose body has been read, and which gives it back: as stream, as reader, and as parameters. */
final class ReplayedRequest extends HttpServletRequestWrapper {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final byte[] body;
    private @Nullable String encoding;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;
    private @Nullable Map<String, String[]> parameters;

    ReplayedRequest(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    /** Returns the request whose body has been read already, within wrappers, or null. */
    static @Nullable ReplayedRequest within(HttpServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof ReplayedRequest found) {
                return found;
            }
            inner = wrapper.getRequest();
        }
        return null;
    }

    byte[] body() {
        return body;
    }

    boolean isEmpty() {
        return body.length == 0;
    }

    /** Returns the values of a field of an urlencoded body. */
    List<String> fields(Charset charset, String name) {
        return pairs(charset)
                .filter(pair -> pair[0].equals(name))
                .map(pair -> pair[1])
                .toList();
    }

    /** Containers ignore it once the body has been read, which here is not known to the handler. */
    @Override
    public void setCharacterEncoding(String name) throws UnsupportedEncodingException {
        try {
            Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedEncodingException(name);
        }
        if (reader == null && parameters == null) {
            encoding = name;
        }
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        String chosen = encoding;
        return chosen == null ? super.getCharacterEncoding() : chosen;
    }

    @Override
    public ServletInputStream getInputStream() {
        if (reader != null) {
            throw new IllegalStateException("getReader() has been called");
        }
        ServletInputStream known = stream;
        if (known == null) {
            known = new Bytes(new ByteArrayInputStream(body));
            stream = known;
        }
        return known;
    }

    @Override
    public BufferedReader getReader() {
        if (stream != null) {
            throw new IllegalStateException("getInputStream() has been called");
        }
        BufferedReader known = reader;
        if (known == null) {
            known = new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), charset()));
            reader = known;
        }
        return known;
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    /** Those of the query as the container decodes them, then those of the body in the charset that the handler has set. */
    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> known = parameters;
        if (known != null) {
            return known;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        super.getParameterMap().forEach((name, ofQuery) -> values.put(name, new ArrayList<>(Arrays.asList(ofQuery))));
        if (isForm()) {
            pairs(charset())
                    .forEach(pair -> values.computeIfAbsent(pair[0], name -> new ArrayList<>())
                            .add(pair[1]));
        }
        Map<String, String[]> merged = new LinkedHashMap<>();
        values.forEach((name, all) -> merged.put(name, all.toArray(String[]::new)));
        known = Collections.unmodifiableMap(merged);
        parameters = known;
        return known;
    }

    private boolean isForm() {
        String type = getContentType();
        return type != null
                && MediaType.parse(type).filter(parsed -> parsed.is(FORM)).isPresent();
    }

    /** An unknown charset of the client's is not an error of the server: the form is read as UTF-8. */
    private Charset charset() {
        String name = getCharacterEncoding();
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private Stream<String[]> pairs(Charset charset) {
        return Stream.of(new String(body, StandardCharsets.ISO_8859_1).split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .map(pair ->
                        new String[] {decoded(pair[0], charset), pair.length == 1 ? "" : decoded(pair[1], charset)});
    }

    /** A malformed escape is left as it is. */
    private static String decoded(String raw, Charset charset) {
        try {
            return URLDecoder.decode(raw, charset);
        } catch (IllegalArgumentException e) {
            return raw;
        }
    }

    private static final class Bytes extends ServletInputStream {

        private final ByteArrayInputStream in;

        Bytes(ByteArrayInputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return in.read(buffer, offset, length);
        }

        @Override
        public int available() {
            return in.available();
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException(
                    "the form was read for its CSRF token; to read it without blocking, send the token in the header");
        }
    }
}
