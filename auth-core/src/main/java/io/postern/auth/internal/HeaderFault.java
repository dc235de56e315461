package io.postern.auth.internal;

import java.util.List;
import java.util.Optional;

/** Why the values of a header with credentials are ambiguous: servers and proxies may interpret them differently. */
public enum HeaderFault {

    /** The header is repeated. */
    REPEATED("authorization_repeated") {
        @Override
        public String detail(String name) {
            return "More than one " + name + " header.";
        }
    },

    /** Its value has control characters. */
    CONTROL_CHARACTERS("authorization_control_characters") {
        @Override
        public String detail(String name) {
            return name + " header has control characters.";
        }
    };

    private final String reason;

    HeaderFault(String reason) {
        this.reason = reason;
    }

    /** Returns the fault of a header's values; empty if there is at most one value, without control characters. */
    public static Optional<HeaderFault> of(List<String> values) {
        if (values.size() > 1) {
            return Optional.of(REPEATED);
        }
        return values.isEmpty() || !ControlCharacters.in(values.get(0))
                ? Optional.empty()
                : Optional.of(CONTROL_CHARACTERS);
    }

    /** Returns the message for the client about a header of some name. */
    public abstract String detail(String name);

    /** Returns the code for events. */
    public String reason() {
        return reason;
    }
}
