package io.postern.auth;

import io.postern.auth.internal.AmbiguousPath;
import io.postern.auth.internal.HeaderFault;
import java.util.List;
import java.util.Optional;

/** Refuses an {@code Authorization} header or a path that two readers could interpret differently. */
record Framing(int maxHeader, boolean strict) {

    private static final String NAME = "Authorization";

    // Created once: such requests are what an attacker sends most.
    private static final Optional<Denial> AMBIGUOUS_PATH = malformed("Ambiguous request path.", "ambiguous_path");
    private static final Optional<Denial> TOO_LONG =
            malformed("Authorization header is too long.", "authorization_too_long");
    private static final Optional<Denial> REPEATED = malformed(HeaderFault.REPEATED);
    private static final Optional<Denial> CONTROL_CHARACTERS = malformed(HeaderFault.CONTROL_CHARACTERS);
    private static final Optional<Denial> MALFORMED =
            malformed("Authorization header is malformed.", "authorization_malformed");

    Framing {
        if (maxHeader < 256) {
            throw new IllegalArgumentException(
                    "maxHeader must be at least 256 characters, not " + maxHeader + "; tokens would not fit");
        }
    }

    Optional<Denial> refuse(AuthRequest request) {
        Optional<Denial> header = refuseHeader(request.headers(NAME));
        if (header.isPresent()) {
            return header;
        }
        String raw = request.rawPath();
        String path = request.path();
        // A raw path that is not ambiguous has no control characters, and mostly it is the path.
        return AmbiguousPath.is(raw) || (!path.equals(raw) && AmbiguousPath.hasControl(path))
                ? AMBIGUOUS_PATH
                : Optional.empty();
    }

    private Optional<Denial> refuseHeader(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() == 1 && values.get(0).length() > maxHeader) {
            return TOO_LONG;
        }
        Optional<HeaderFault> fault = HeaderFault.of(values);
        if (fault.isPresent()) {
            return fault.get() == HeaderFault.REPEATED ? REPEATED : CONTROL_CHARACTERS;
        }
        return strict && !hasSingleSpaces(values.get(0)) ? MALFORMED : Optional.empty();
    }

    /** Returns whether a value is empty, or words of printable ASCII with one space between them. */
    private static boolean hasSingleSpaces(String value) {
        char before = ' ';
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) {
                return false;
            }
            before = c;
        }
        return value.isEmpty() || before != ' ';
    }

    private static Optional<Denial> malformed(HeaderFault fault) {
        return malformed(fault.detail(NAME), fault.reason());
    }

    private static Optional<Denial> malformed(String detail, String reason) {
        return Optional.of(Denial.of(400, detail, "malformed_request").withReason(reason));
    }
}
