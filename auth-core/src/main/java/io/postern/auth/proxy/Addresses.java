package io.postern.auth.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One text for one IP address. */
final class Addresses {

    /** Beginning so, and with colons, it is never looked up in the DNS. */
    private static final Pattern IPV6 = Pattern.compile("(?=[0-9A-Fa-f:])[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final Pattern WITH_PORT = Pattern.compile("([0-9]+(?:\\.[0-9]+){3}|\\[[^\\]]*]):[0-9]+");

    private Addresses() {}

    /** Returns an IPv4 address or a bracketed IPv6 address without its port; any other text as it is. */
    static String withoutPort(String address) {
        Matcher matcher = WITH_PORT.matcher(address);
        return matcher.matches() ? matcher.group(1) : address;
    }

    /** Returns the same text for all ways to write an IPv6 address; any other text as it is. */
    static String canonical(String address) {
        String bare =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        if (!IPV6.matcher(bare).matches()) {
            return address;
        }
        try {
            return InetAddress.getByName(bare).getHostAddress();
        } catch (UnknownHostException malformed) {
            return address;
        }
    }
}
