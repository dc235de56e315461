package io.postern.auth.jwt;

/** The header's {@code typ} of each kind of token (RFC 9068, section 2.1). */
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
}
