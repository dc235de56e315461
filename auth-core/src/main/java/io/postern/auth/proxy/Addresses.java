package io.postern.auth.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses and normalizes IP addresses. */
final class Addresses {

    /** A string of this form is an IPv6 literal, so {@code InetAddress} never resolves it through DNS. */
    private static final Pattern IPV6 = Pattern.compile("(?=[0-9A-Fa-f:])[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

    private static final Pattern WITH_PORT = Pattern.compile("([0-9]+(?:\\.[0-9]+){3}|\\[[^\\]]*]):[0-9]+");

    private Addresses() {}

    /** Removes the port of an IPv4 address or a bracketed IPv6 address; returns any other value unchanged. */
    static String withoutPort(String address) {
        Matcher matcher = WITH_PORT.matcher(address);
        return matcher.matches() ? matcher.group(1) : address;
    }

    /** Returns whether the value is a dotted-decimal IPv4 address or an IPv6 address in any notation. */
    static boolean isAddress(String value) {
        return IPV4.matcher(value).matches() || ipv6(value).isPresent();
    }

    /** Returns one notation for all notations of an IPv6 address; returns any other value unchanged. */
    static String canonical(String address) {
        return ipv6(address).map(InetAddress::getHostAddress).orElse(address);
    }

    private static Optional<InetAddress> ipv6(String value) {
        String bare = value.startsWith("[") && value.endsWith("]") ? value.substring(1, value.length() - 1) : value;
        try {
            return IPV6.matcher(bare).matches() ? Optional.of(InetAddress.getByName(bare)) : Optional.empty();
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }
}
