package io.postern.auth.servlet;

import io.postern.auth.AuthResponse;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes a response in place of buffered output. */
final class ResponseWriter {

    /** Headers that describe the body or the redirect of a response that is not given. */
    private static final Set<String> OF_BODY = Set.of(
            "accept-ranges",
            "age",
            "content-digest",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-length",
            "content-location",
            "content-md5",
            "content-range",
            "content-type",
            "digest",
            "etag",
            "expires",
            "last-modified",
            "link",
            "location",
            "refresh",
            "repr-digest",
            "surrogate-control",
            "trailer",
            "transfer-encoding");

    private ResponseWriter() {}

    /**
     * Writes a response in place of that of a handler, of whose headers those remain that do not describe its body, as
     * those of CORS.
     *
     * @param encoded whether {@code Content-Encoding} was set before the handler ran, by a filter that encodes what follows
     */
    static void replace(HttpServletRequest request, HttpServletResponse response, AuthResponse source, boolean encoded)
            throws IOException {
        if (!response.isCommitted()) {
            Map<String, List<String>> kept = kept(response, encoded);
            response.reset();
            kept.forEach((name, values) -> restore(response, name, values));
        }
        write(request, response, source);
    }

    private static Map<String, List<String>> kept(HttpServletResponse response, boolean encoded) {
        Collection<String> names = response.getHeaderNames();
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> kept = new LinkedHashMap<>();
        for (String name : names) {
            List<String> values = List.copyOf(response.getHeaders(name));
            if (outlives(name.toLowerCase(Locale.ROOT), values, encoded)) {
                kept.put(name, values);
            }
        }
        return kept;
    }

    private static boolean outlives(String name, List<String> values, boolean encoded) {
        if (name.equals("content-encoding")) {
            return encoded;
        }
        // What the handler allowed caches to store is not what they would store.
        boolean storable =
                name.endsWith("cache-control") && values.stream().noneMatch(value -> value.contains("no-store"));
        return !OF_BODY.contains(name) && !storable;
    }

    private static void restore(HttpServletResponse response, String name, List<String> values) {
        for (String value : values) {
            if (!response.getHeaders(name).contains(value)) {
                response.addHeader(name, value);
            }
        }
    }

    static void write(HttpServletRequest request, HttpServletResponse response, AuthResponse source)
            throws IOException {
        if (response.isCommitted()) {
            // Tomcat itself responds to a request whose body it cannot read; with the exception it would send a stack
            // trace.
            request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
            return;
        }
        response.resetBuffer();
        response.setStatus(source.status());
        for (Map.Entry<String, List<String>> header : source.headers().entrySet()) {
            writeHeader(response, header.getKey(), header.getValue());
        }
        byte[] body = source.body();
        if (body.length > 0) {
            writeBody(response, body);
        }
    }

    private static void writeHeader(HttpServletResponse response, String name, List<String> values) {
        // The values of these that other filters have set must be retained.
        boolean replaces = !name.equalsIgnoreCase("Set-Cookie") && !name.equalsIgnoreCase("Vary");
        for (String value : values) {
            if (replaces) {
                response.setHeader(name, value);
            } else {
                response.addHeader(name, value);
            }
            replaces = false;
        }
    }

    private static void writeBody(HttpServletResponse response, byte[] body) throws IOException {
        OutputStream out;
        try {
            out = response.getOutputStream();
        } catch (IllegalStateException e) {
            // The handler had called getWriter() before it failed, and may have set any charset.
            response.getWriter().write(inAscii(new String(body, StandardCharsets.UTF_8)));
            return;
        }
        // Containers omit the body of a response to HEAD, but not its length.
        response.setContentLength(body.length);
        out.write(body);
    }

    /** Returns the same JSON in ASCII, which every charset encodes alike. */
    private static String inAscii(String json) {
        StringBuilder ascii = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x7F) {
                ascii.append(c);
            } else {
                ascii.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return ascii.toString();
    }
}
