package io.postern.auth.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One text for one IP address. */
final class Addresses {

    /** Beginning so, and with colons, it is never looked up in the DNS. */
    private static final Pattern IPV6 = Pattern.compile("(?=[0-9A-Fa-f:])[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

    private static final Pattern WITH_PORT = Pattern.compile("([0-9]+(?:\\.[0-9]+){3}|\\[[^\\]]*]):[0-9]+");

    private Addresses() {}

    /** Returns an IPv4 address or a bracketed IPv6 address without its port; any other text as it is. */
    static String withoutPort(String address) {
        Matcher matcher = WITH_PORT.matcher(address);
        return matcher.matches() ? matcher.group(1) : address;
    }

    /** Tells whether this is an IPv4 address in its usual form, or an IPv6 address in any. */
    static boolean isAddress(String text) {
        return IPV4.matcher(text).matches() || ipv6(text).isPresent();
    }

    /** Returns the same text for all ways to write an IPv6 address; any other text as it is. */
    static String canonical(String address) {
        return ipv6(address).map(InetAddress::getHostAddress).orElse(address);
    }

    private static Optional<InetAddress> ipv6(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        try {
            return IPV6.matcher(bare).matches() ? Optional.of(InetAddress.getByName(bare)) : Optional.empty();
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }
}
