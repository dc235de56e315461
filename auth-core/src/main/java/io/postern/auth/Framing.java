package io.postern.auth;

import io.postern.auth.internal.AmbiguousPath;
import io.postern.auth.internal.AuthorizationHeader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Refuses an {@code Authorization} header or a path that two readers could interpret differently. */
record Framing(int maxHeader, boolean strict) {

    private static final Pattern SINGLE_SPACES = Pattern.compile("|[\\x21-\\x7E]++(?: [\\x21-\\x7E]++)*+");

    Framing {
        if (maxHeader < 256) {
            throw new IllegalArgumentException(
                    "maxHeader must be at least 256 characters, not " + maxHeader + "; tokens would not fit");
        }
    }

    Optional<Denial> refuse(AuthRequest request) {
        List<String> values = request.headers("Authorization");
        if (values.size() > 1) {
            return malformed("More than one Authorization header.", "authorization_repeated");
        }
        Optional<Denial> header = values.isEmpty() ? Optional.empty() : refuseHeader(values.get(0));
        if (header.isPresent()) {
            return header;
        }
        return AmbiguousPath.is(request.rawPath()) || AmbiguousPath.hasControl(request.path())
                ? malformed("Ambiguous request path.", "ambiguous_path")
                : Optional.empty();
    }

    private Optional<Denial> refuseHeader(String value) {
        if (value.length() > maxHeader) {
            return malformed("Authorization header is too long.", "authorization_too_long");
        }
        if (AuthorizationHeader.hasControlCharacters(value)) {
            return malformed("Authorization header has control characters.", "authorization_control_characters");
        }
        return strict && !SINGLE_SPACES.matcher(value).matches()
                ? malformed("Authorization header is malformed.", "authorization_malformed")
                : Optional.empty();
    }

    private static Optional<Denial> malformed(String detail, String reason) {
        return Optional.of(Denial.of(400, detail, "malformed_request").withReason(reason));
    }
}
