package io.postern.auth.session;

import io.postern.auth.internal.Ascii;
import io.postern.auth.internal.IpAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An origin (RFC 6454) as a value: equal however its case, a default port or an IPv6 address is written.
 *
 * @param scheme in lower case, any scheme
 * @param host in lower case; an IPv6 address as in RFC 5952, in brackets
 * @param port empty if it is the default of the scheme
 */
record Origin(String scheme, String host, String port) {

    private static final int MAX_LENGTH = 512;
    private static final int MAX_PORT = 65_535;
    private static final String SEPARATOR = "://";
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final Pattern AUTHORITY =
            Pattern.compile("([A-Za-z0-9_~-][A-Za-z0-9._~-]*|\\[[0-9A-Fa-f:.]+\\])(?::0*([0-9]{1,5}))?");

    /** Parses an origin; empty if it has no host, has more than an origin has, or is {@code null}. */
    static Optional<Origin> parse(String text) {
        int colon = text.indexOf(SEPARATOR);
        if (colon < 0 || text.length() > MAX_LENGTH || !isScheme(text.substring(0, colon))) {
            return Optional.empty();
        }
        Matcher parts = AUTHORITY.matcher(text.substring(colon + SEPARATOR.length()));
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme = Ascii.lower(text.substring(0, colon));
        String port = parts.group(2) == null ? "" : parts.group(2);
        if (!port.isEmpty() && Integer.parseInt(port) > MAX_PORT) {
            return Optional.empty();
        }
        return host(Ascii.lower(parts.group(1)))
                .map(host -> new Origin(scheme, host, isDefault(scheme, port) ? "" : port));
    }

    static boolean isScheme(String text) {
        return SCHEME.matcher(text).matches();
    }

    /** Returns whether the other one is this host or one below it, at the same port. */
    boolean includes(Origin other) {
        return port.equals(other.port) && (other.host.equals(host) || other.host.endsWith("." + host));
    }

    boolean hasSameHost(Origin other) {
        return port.equals(other.port) && host.equals(other.host);
    }

    boolean isWeb() {
        return scheme.equals("https") || scheme.equals("http");
    }

    private static Optional<String> host(String host) {
        return host.startsWith("[")
                ? IpAddress.parse(host.substring(1, host.length() - 1))
                        .filter(IpAddress::isIpv6)
                        .map(address -> "[" + address + "]")
                : Optional.of(host);
    }

    private static boolean isDefault(String scheme, String port) {
        return (scheme.equals("https") && port.equals("443")) || (scheme.equals("http") && port.equals("80"));
    }
}
