package io.postern.auth.servlet;

import io.postern.auth.AuthResponse;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes a response in place of buffered output. */
final class ResponseWriter {

    /** Headers whose values set by other filters must be retained. */
    private static final Set<String> SHARED = Set.of("set-cookie", "vary");

    private ResponseWriter() {}

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
        source.headers().forEach((name, values) -> writeHeader(response, name, values));
        byte[] body = source.body();
        if (body.length > 0) {
            writeBody(response, body);
        }
    }

    private static void writeHeader(HttpServletResponse response, String name, List<String> values) {
        boolean replaces = !SHARED.contains(name.toLowerCase(Locale.ROOT));
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
