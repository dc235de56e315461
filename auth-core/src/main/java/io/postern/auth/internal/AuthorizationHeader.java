package io.postern.auth.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The value of an {@code Authorization} header, split at runs of ASCII white space (drf-contract HDR-1 to HDR-5; DRF's
 * {@code get_authorization_header().split()}). Each authenticator of a policy reads it, mostly for the scheme alone, so the
 * value is cut only where a part is asked for.
 *
 * <p><b>Security.</b> Every part may be a secret, the first one too, for some clients forget the scheme: none is ever
 * printed.
 */
public final class AuthorizationHeader {

    private final String value;
    private final int start;
    private final int end;

    /** The scheme is from start to end. */
    private AuthorizationHeader(String value, int start, int end) {
        this.value = value;
        this.start = start;
        this.end = end;
    }

    /**
     * Splits a value.
     *
     * @param value the header's value
     * @return its parts, or empty if there is nothing but white space
     */
    public static Optional<AuthorizationHeader> of(String value) {
        int start = nextPart(value, 0);
        return start == value.length()
                ? Optional.empty()
                : Optional.of(new AuthorizationHeader(value, start, endOfPart(value, start)));
    }

    /**
     * Returns the first part.
     *
     * @return the scheme as sent
     */
    public String scheme() {
        return value.substring(start, end);
    }

    /**
     * Returns what follows the scheme.
     *
     * @return the other parts; empty if the scheme stands alone
     */
    public List<String> parameters() {
        int from = nextPart(value, end);
        if (from == value.length()) {
            return List.of();
        }
        int to = endOfPart(value, from);
        String first = value.substring(from, to);
        return nextPart(value, to) == value.length() ? List.of(first) : several(first, to);
    }

    private List<String> several(String first, int end) {
        List<String> parts = new ArrayList<>();
        parts.add(first);
        int to = end;
        for (int from = nextPart(value, to); from < value.length(); from = nextPart(value, to)) {
            to = endOfPart(value, from);
            parts.add(value.substring(from, to));
        }
        return List.copyOf(parts);
    }

    /**
     * Returns the SHA-256 of all that follows the scheme and its white space, of which no string is made, so that a token that
     * is known costs no copy.
     */
    public Sha256 digestOfRest() {
        return Sha256.of(value.getBytes(StandardCharsets.ISO_8859_1), nextPart(value, end), value.length());
    }

    /** Returns whether nothing but a string follows the scheme and its white space. */
    public boolean restIs(String text) {
        return value.length() - nextPart(value, end) == text.length() && value.endsWith(text);
    }

    /**
     * Compares the scheme.
     *
     * @param expected the scheme to look for
     * @param ignoreCase whether the case of A to Z matters not, as RFC 9110 (section 11.1) asks for
     * @return true if this is it
     */
    public boolean hasScheme(String expected, boolean ignoreCase) {
        if (end - start != expected.length()) {
            return false;
        }
        return ignoreCase ? Ascii.startsWithIgnoreCase(value, start, expected) : value.startsWith(expected, start);
    }

    @Override
    public String toString() {
        return "AuthorizationHeader[***]";
    }

    private static int nextPart(String value, int from) {
        int i = from;
        while (i < value.length() && isBlank(value.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int endOfPart(String value, int from) {
        int i = from;
        while (i < value.length() && !isBlank(value.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(char c) {
        return c <= ' ' && (c == ' ' || (c >= '\t' && c <= '\r'));
    }
}
