package io.postern.auth.internal;

import java.util.Map;
import java.util.Optional;

/**
 * The value of a {@code Content-Type} header (RFC 9110, section 8.3.1).
 *
 * @param type the type in lower case, for instance {@code application}
 * @param subtype the subtype in lower case, for instance {@code json}
 * @param parameters the parameters; names in lower case, values as sent
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) {

    /**
     * Reads a value.
     *
     * @param value the header's value
     * @return the media type, or empty if the value is malformed, repeats a parameter or names several types
     */
    public static Optional<MediaType> parse(String value) {
        int end = value.indexOf(';');
        String name = Ascii.lower(end < 0 ? value : value.substring(0, end)).strip();
        int slash = name.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String type = name.substring(0, slash);
        String subtype = name.substring(slash + 1);
        if (!HeaderParameters.isToken(type) || !HeaderParameters.isToken(subtype)) {
            return Optional.empty();
        }
        return HeaderParameters.parse(end < 0 ? "" : value.substring(end))
                .map(parameters -> new MediaType(type, subtype, parameters));
    }

    /**
     * Compares type and subtype.
     *
     * @param name for instance {@code application/json}, in lower case
     * @return true if this is it, whatever the parameters
     */
    public boolean is(String name) {
        return name.equals(type + "/" + subtype);
    }

    /**
     * Compares type and subtype with a media type that a parser reads; {@code *} in this one stands for any, as in DRF.
     *
     * @param name for instance {@code application/json}, in lower case
     */
    public boolean includes(String name) {
        int slash = name.indexOf('/');
        return (type.equals("*") || type.equals(name.substring(0, slash)))
                && (subtype.equals("*") || subtype.equals(name.substring(slash + 1)));
    }

    /**
     * Returns a parameter.
     *
     * @param name its name in lower case
     * @return its value, or empty if it is absent
     */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /**
     * Returns whether the string has no charset or UTF-8.
     *
     * @return false if the charset is another one, even ASCII's other names
     */
    public boolean isUtf8() {
        return parameter("charset")
                .map(Ascii::lower)
                .filter(charset -> !charset.equals("utf-8") && !charset.equals("utf8"))
                .isEmpty();
    }
}
