package io.postern.auth.jwt;

import java.util.Locale;

/** What a JWT is for; one kind is never taken for another (drf-contract TK-1 to TK-3). */
public enum TokenType {

    /** Proves who makes a request. */
    ACCESS("AccessToken"),
    /** Fetches a new access token. */
    REFRESH("RefreshToken"),
    /** Proves who makes a request and fetches its own successor. */
    SLIDING("SlidingToken");

    private final String className;

    TokenType(String className) {
        this.className = className;
    }

    /**
     * Returns the value of the type claim.
     *
     * @return for instance {@code access}
     */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the name that simplejwt's messages use.
     *
     * @return for instance {@code AccessToken}
     */
    public String className() {
        return className;
    }
}
