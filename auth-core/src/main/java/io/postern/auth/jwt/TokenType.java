package io.postern.auth.jwt;

import java.util.Locale;

/** The use of a JWT; a token of one type is never accepted as another (drf-contract TK-1 to TK-3). */
public enum TokenType {

    /** Authenticates requests. */
    ACCESS("AccessToken"),
    /** Obtains new access tokens. */
    REFRESH("RefreshToken"),
    /** Authenticates requests and obtains its own successor. */
    SLIDING("SlidingToken");

    private final String className;

    TokenType(String className) {
        this.className = className;
    }

    /** Returns the value of the type claim, for instance {@code access}. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the name in simplejwt's messages, for instance {@code AccessToken}. */
    public String className() {
        return className;
    }
}
