package io.postern.auth.session;

/** Which cross-site requests a browser sends a cookie with (RFC 6265bis, section 4.1.2.7). */
public enum SameSite {

    /** None at all. */
    STRICT("Strict"),

    /** Top-level navigations by a safe method. */
    LAX("Lax"),

    /** All of them; browsers ask for {@code Secure} then. */
    NONE("None");

    private final String text;

    SameSite(String text) {
        this.text = text;
    }

    /**
     * Returns how it is written in {@code Set-Cookie}.
     *
     * @return for instance {@code Lax}
     */
    public String text() {
        return text;
    }
}
