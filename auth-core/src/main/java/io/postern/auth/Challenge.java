package io.postern.auth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * A scheme and its parameters, the only place that writes a {@code WWW-Authenticate} value (RFC 9110, section 11.6.1).
 *
 * <pre>{@code
 * Challenge.of("Bearer").withParameter("realm", "api").header();   // Bearer realm="api"
 * }</pre>
 *
 * @param scheme the scheme, a token of RFC 9110
 * @param parameters names and values in the order in which they are written
 */
public record Challenge(String scheme, Map<String, String> parameters) {

    /** Which challenges a 401 carries. */
    public enum Style {

        /** The challenge of the policy's first authenticator; without one the status is 403 (DRF, drf-contract ST-2, ST-3). */
        FIRST,

        /** The challenges of all authenticators, each in its own header; without any it is 403 (RFC 9110, 11.6.1). */
        ALL
    }

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /**
     * Copies the parameters.
     *
     * @throws IllegalArgumentException if the scheme or a name is not a token, or a value is not printable ASCII
     */
    public Challenge {
        requireToken(scheme);
        parameters.keySet().forEach(Challenge::requireToken);
        parameters.values().forEach(Challenge::requirePrintable);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Creates a challenge without parameters.
     *
     * @throws IllegalArgumentException if the scheme is not a token
     */
    public static Challenge of(String scheme) {
        return new Challenge(scheme, Map.of());
    }

    /**
     * Returns this challenge with one more parameter.
     *
     * @param value quotes and backslashes are escaped when written
     * @throws IllegalArgumentException if the name is not a token or the value has control or non-ASCII characters
     */
    public Challenge withParameter(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new Challenge(scheme, more);
    }

    /** Returns the value of the {@code WWW-Authenticate} header: scheme and parameters, each value a quoted string. */
    public String header() {
        StringJoiner header = new StringJoiner(", ", parameters.isEmpty() ? scheme : scheme + " ", "");
        parameters.forEach((name, value) -> header.add(name + "=\"" + escape(value) + "\""));
        return header.toString();
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static void requireToken(String value) {
        Objects.requireNonNull(value, "scheme or parameter name");
        if (!TOKEN.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "not a token of RFC 9110: \"" + value + "\"; use letters, digits and - _ .");
        }
    }

    private static void requirePrintable(String value) {
        if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
            throw new IllegalArgumentException("a challenge's value must be printable ASCII");
        }
    }
}
