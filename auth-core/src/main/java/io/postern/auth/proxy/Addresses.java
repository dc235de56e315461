package io.postern.auth.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** One text for one IP address. */
final class Addresses {

    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private Addresses() {}

    /** Returns the same text for all ways to write an IPv6 address; any other text as it is. */
    static String canonical(String address) {
        String bare =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        if (!IPV6.matcher(bare).matches()) {
            return address;
        }
        try {
            // A text with colons is never looked up in the DNS.
            return InetAddress.getByName(bare).getHostAddress();
        } catch (UnknownHostException malformed) {
            return address;
        }
    }
}
