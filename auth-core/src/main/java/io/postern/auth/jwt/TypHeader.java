package io.postern.auth.jwt;

import java.util.Locale;

/** The header's {@code typ} that tells kinds apart before any claim is read (RFC 9068, section 2.1). */
enum TypHeader {
    ACCESS("at+jwt"),
    REFRESH("rt+jwt"),
    SLIDING("st+jwt");

    private final String value;

    TypHeader(String value) {
        this.value = value;
    }

    static TypHeader of(TokenType kind) {
        return valueOf(kind.name());
    }

    String value() {
        return value;
    }

    /** The prefix may be left out, and case does not matter (RFC 7515, section 4.1.9). */
    boolean matches(Object typ) {
        return typ instanceof String text
                && (text.toLowerCase(Locale.ROOT).equals(value)
                        || text.toLowerCase(Locale.ROOT).equals("application/" + value));
    }
}
