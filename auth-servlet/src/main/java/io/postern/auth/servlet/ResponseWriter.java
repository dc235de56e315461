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

/** Writes an answer in place of what may wait in the buffer. */
final class ResponseWriter {

    /** Headers of which other filters may have set values that must stay. */
    private static final Set<String> SHARED = Set.of("set-cookie", "vary");

    private ResponseWriter() {}

    static void write(HttpServletRequest request, HttpServletResponse response, AuthResponse answer)
            throws IOException {
        if (response.isCommitted()) {
            // Tomcat itself answers a request whose body it cannot read; with the exception it would show its stack.
            request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
            return;
        }
        response.resetBuffer();
        response.setStatus(answer.status());
        answer.headers().forEach((name, values) -> writeHeader(response, name, values));
        byte[] body = answer.body();
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
            // The handler had asked for the writer before it gave up, and may have chosen any charset.
            response.getWriter().write(inAscii(new String(body, StandardCharsets.UTF_8)));
            return;
        }
        // Containers drop the body of an answer to HEAD, but not its length.
        response.setContentLength(body.length);
        out.write(body);
    }

    /** The same JSON in characters that no charset changes. */
    private static String inAscii(String json) {
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x7F) {
                text.append(c);
            } else {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return text.toString();
    }
}
