package io.postern.auth.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The headers of one part of a form (RFC 7578, section 4). */
final class PartHeaders {

    private static final Set<String> PLAIN_ENCODINGS = Set.of("7bit", "8bit", "binary");

    private PartHeaders() {}

    /** Returns the name of a text field without surrounding white space, as in Django; empty for a file. */
    static Optional<String> fieldName(String block) {
        Map<String, String> headers = parse(block);
        Map<String, String> disposition = disposition(headers.getOrDefault("content-disposition", ""));
        if (disposition.containsKey("filename") || disposition.containsKey("filename*")) {
            return Optional.empty();
        }
        requireReadable(headers);
        String name = disposition.get("name");
        if (name == null) {
            throw new FormException("Part without name");
        }
        return Optional.of(WhiteSpace.strip(name));
    }

    private static Map<String, String> parse(String block) {
        Map<String, String> headers = new HashMap<>();
        for (String line : block.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            String name = Ascii.lower(line.substring(0, Math.max(colon, 0)));
            boolean repeated = headers.put(name, line.substring(colon + 1).strip()) != null;
            if (repeated || !HeaderParameters.isToken(name)) {
                throw new FormException("Malformed part headers");
            }
        }
        return headers;
    }

    private static Map<String, String> disposition(String value) {
        int end = value.indexOf(';');
        if (end < 0 || !Ascii.lower(value.substring(0, end)).strip().equals("form-data")) {
            throw new FormException("Malformed content disposition");
        }
        return HeaderParameters.parse(value.substring(end))
                .orElseThrow(() -> new FormException("Malformed content disposition"));
    }

    private static void requireReadable(Map<String, String> headers) {
        String encoding = Ascii.lower(headers.getOrDefault("content-transfer-encoding", "binary"));
        boolean utf8 = MediaType.parse(headers.getOrDefault("content-type", "text/plain"))
                .filter(MediaType::isUtf8)
                .isPresent();
        if (!utf8 || !PLAIN_ENCODINGS.contains(encoding)) {
            throw new FormException("Unsupported part encoding");
        }
    }
}
