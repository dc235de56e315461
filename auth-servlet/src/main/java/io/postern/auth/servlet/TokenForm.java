package io.postern.auth.servlet;

import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.internal.FormException;
import io.postern.auth.internal.MediaType;
import io.postern.auth.internal.Multipart;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of a request whose CSRF token is not in a header: it reads the body for the token, and gives it back to the
 * handler. It serves one request.
 */
final class TokenForm {

    /** The limit of Tomcat and of Django for the fields of a form. */
    private static final int MAX = 2 * 1024 * 1024;

    private static final int MAX_FIELD = 8192;

    /** The limit of Tomcat, Jetty and Django for the number of fields. */
    private static final int MAX_FIELDS = 1_000;

    private final HttpServletRequest request;
    private final boolean consuming;
    private @Nullable ReplayedRequest replayed;

    /**
     * Creates the form of a request.
     *
     * @param consuming whether the body may be read, because {@link #forHandler} is what the handler gets
     */
    TokenForm(HttpServletRequest request, boolean consuming) {
        this.request = request;
        this.consuming = consuming;
    }

    /** Returns the request for the handler, with the body as if it had not been read. */
    HttpServletRequest forHandler() {
        ReplayedRequest read = replayed;
        return read == null ? request : read;
    }

    /**
     * Returns the last value of a field.
     *
     * @throws DeniedException with 413 if the body is too large to be searched
     */
    Optional<String> last(String name) {
        Optional<MediaType> type = Optional.ofNullable(request.getContentType()).flatMap(MediaType::parse);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (!consuming) {
                return parsed(type.get(), name);
            }
            if (type.get().is("application/x-www-form-urlencoded")) {
                return last(urlencoded(name));
            }
            return type.get().is("multipart/form-data") ? multipart(name) : Optional.empty();
        } catch (DeniedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Truncated, malformed, or read by another component.
            return Optional.empty();
        }
    }

    /** Leaves the body to the container, which parses it for the handler too. */
    private Optional<String> parsed(MediaType type, String name) throws IOException {
        if (type.is("application/x-www-form-urlencoded")) {
            return last(ParsedForm.of(request).values(name));
        }
        try {
            return type.is("multipart/form-data") ? lastPart(name) : Optional.empty();
        } catch (ServletException e) {
            return Optional.empty();
        }
    }

    private List<String> urlencoded(String name) throws IOException {
        ReplayedRequest known = replayed;
        ReplayedRequest read = known == null ? read() : known;
        return read.isEmpty() ? ParsedForm.of(request).values(name) : read.fields(StandardCharsets.UTF_8, name);
    }

    private Optional<String> multipart(String name) throws UnsupportedEncodingException {
        if (request.getCharacterEncoding() == null) {
            // What browsers send; the container decodes the fields once, before the handler could choose.
            request.setCharacterEncoding("UTF-8");
        }
        try {
            return lastPart(name);
        } catch (IOException | ServletException | RuntimeException e) {
            // The servlet has no multipart configuration, the body exceeds its limits, or the body is malformed.
            return withoutParts(name, e);
        }
    }

    private Optional<String> lastPart(String name) throws IOException, ServletException {
        Part last = null;
        for (Part part : request.getParts()) {
            if (part.getName().equals(name) && part.getSubmittedFileName() == null) {
                last = part;
            }
        }
        return last != null && last.getSize() <= MAX_FIELD ? Optional.of(string(last)) : Optional.empty();
    }

    private Optional<String> withoutParts(String name, Exception failure) {
        try {
            ReplayedRequest known = replayed;
            ReplayedRequest read = known == null ? read() : known;
            return Optional.ofNullable(
                    Multipart.fields(read.body(), request.getContentType()).get(name));
        } catch (FormException | IOException | IllegalStateException e) {
            if (isLimit(failure)) {
                throw tooLarge();
            }
            return Optional.empty();
        }
    }

    /** Each container has exceptions of its own for a limit, known by a name or a message alone. */
    private static boolean isLimit(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; depth < 8 && cause != null; depth++) {
            String described = cause.toString().toLowerCase(Locale.ROOT);
            if (described.contains("exceed") || described.contains("too large") || described.contains("limit")) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private ReplayedRequest read() throws IOException {
        ReplayedRequest earlier = ReplayedRequest.within(request);
        if (earlier != null) {
            return earlier;
        }
        byte[] body = request.getInputStream().readNBytes(MAX + 1);
        if (body.length > MAX || (isUrlencoded() && fields(body) > MAX_FIELDS)) {
            throw tooLarge();
        }
        ReplayedRequest read = new ReplayedRequest(request, body);
        if (body.length > 0) {
            replayed = read;
        }
        return read;
    }

    private boolean isUrlencoded() {
        return MediaType.parse(request.getContentType())
                .filter(type -> type.is("application/x-www-form-urlencoded"))
                .isPresent();
    }

    private static int fields(byte[] body) {
        int count = 1;
        for (byte b : body) {
            if (b == '&') {
                count++;
            }
        }
        return count;
    }

    private static DeniedException tooLarge() {
        return new DeniedException(Denial.of(413, "Request body is too large.", "too_large"));
    }

    private static Optional<String> last(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    private static String string(Part part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readNBytes(MAX_FIELD), StandardCharsets.UTF_8);
        }
    }
}
