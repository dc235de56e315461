package io.postern.auth.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The value of an {@code Authorization} header, split at runs of ASCII white space (drf-contract HDR-1 to HDR-5; DRF's
 * {@code get_authorization_header().split()}).
 *
 * <p><b>Security.</b> Every part may be a secret, the first one too, for some clients forget the scheme: none is ever
 * printed.
 *
 * @param parts all parts, at least one
 */
public record AuthorizationHeader(List<String> parts) {

    /**
     * Keeps a copy and refuses a value without parts.
     *
     * @param parts at least one
     */
    public AuthorizationHeader {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("no parts; use of(String), which returns empty for a blank value");
        }
    }

    /**
     * Splits a value.
     *
     * @param value the header's value
     * @return its parts, or empty if there is nothing but white space
     */
    public static Optional<AuthorizationHeader> of(String value) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = 0; end <= value.length(); end++) {
            if (end == value.length() || isBlank(value.charAt(end))) {
                if (end > start) {
                    parts.add(value.substring(start, end));
                }
                start = end + 1;
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(new AuthorizationHeader(parts));
    }

    /**
     * Returns whether a value contains a control character other than a tab, which servers and proxies interpret differently.
     *
     * @param value the header's value
     * @return true if there is one
     */
    public static boolean hasControlCharacters(String value) {
        return value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F);
    }

    /**
     * Returns the first part.
     *
     * @return the scheme as sent
     */
    public String scheme() {
        return parts.get(0);
    }

    /**
     * Returns what follows the scheme.
     *
     * @return the other parts; empty if the scheme stands alone
     */
    public List<String> parameters() {
        return parts.subList(1, parts.size());
    }

    /**
     * Compares the scheme.
     *
     * @param expected the scheme to look for
     * @param ignoreCase whether the case of A to Z matters not, as RFC 9110 (section 11.1) asks for
     * @return true if this is it
     */
    public boolean hasScheme(String expected, boolean ignoreCase) {
        return ignoreCase ? Ascii.equalsIgnoreCase(scheme(), expected) : scheme().equals(expected);
    }

    @Override
    public String toString() {
        return "AuthorizationHeader[***]";
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
