package io.postern.auth;

import io.postern.auth.internal.AmbiguousPath;
import io.postern.auth.internal.HeaderFault;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Refuses an {@code Authorization} header or a path that two readers could interpret differently. */
record Framing(int maxHeader, boolean strict) {

    private static final String NAME = "Authorization";
    private static final Pattern SINGLE_SPACES = Pattern.compile("|[\\x21-\\x7E]++(?: [\\x21-\\x7E]++)*+");

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
        return AmbiguousPath.is(request.rawPath()) || AmbiguousPath.hasControl(request.path())
                ? malformed("Ambiguous request path.", "ambiguous_path")
                : Optional.empty();
    }

    private Optional<Denial> refuseHeader(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() == 1 && values.get(0).length() > maxHeader) {
            return malformed("Authorization header is too long.", "authorization_too_long");
        }
        Optional<HeaderFault> fault = HeaderFault.of(NAME, values);
        if (fault.isPresent()) {
            return malformed(fault.get().detail(), fault.get().reason());
        }
        return strict && !SINGLE_SPACES.matcher(values.get(0)).matches()
                ? malformed("Authorization header is malformed.", "authorization_malformed")
                : Optional.empty();
    }

    private static Optional<Denial> malformed(String detail, String reason) {
        return Optional.of(Denial.of(400, detail, "malformed_request").withReason(reason));
    }
}
