package io.postern.auth.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The fields of a form in the body, never of the query; a body that cannot be parsed has none. */
record FormFields(HttpServletRequest request) {

    private static final int MAX_PART = 8192;

    Optional<String> last(String name) {
        try {
            return switch (mediaType()) {
                case "application/x-www-form-urlencoded" -> lastParameter(name);
                case "multipart/form-data" -> lastPart(name);
                default -> Optional.empty();
            };
        } catch (IOException | ServletException | RuntimeException e) {
            // Too large, malformed, or a servlet without multipart configuration: the field is absent.
            return Optional.empty();
        }
    }

    private String mediaType() {
        String type = request.getContentType();
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The container merges both sources, those of the query first (Servlet 6.0, section 3.1). */
    private Optional<String> lastParameter(String name) {
        String[] values = request.getParameterValues(name);
        return values == null || values.length <= inQuery(name)
                ? Optional.empty()
                : Optional.of(values[values.length - 1]);
    }

    private long inQuery(String name) {
        String query = request.getQueryString();
        return query == null
                ? 0
                : Arrays.stream(query.split("&", -1))
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

    private Optional<String> lastPart(String name) throws IOException, ServletException {
        Optional<Part> last = request.getParts().stream()
                .filter(part -> part.getName().equals(name) && part.getSubmittedFileName() == null)
                .reduce((first, second) -> second);
        return last.isPresent() && last.get().getSize() <= MAX_PART
                ? Optional.of(string(last.get()))
                : Optional.empty();
    }

    private static String string(Part part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readNBytes(MAX_PART), StandardCharsets.UTF_8);
        }
    }
}
