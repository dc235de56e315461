package io.postern.auth.proxy;

import io.postern.auth.AuthRequest;
import io.postern.auth.internal.Digests;
import io.postern.auth.internal.IpAddress;
import io.postern.auth.internal.WhiteSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** Reads the client's address from {@code X-Forwarded-For}; an empty result stands for the peer's address. */
final class ForwardedFor {

    private static final int MAX_ADDRESS = 64;
    private static final int MAX_LIST = 256;
    private static final int DIGEST = 64;

    private ForwardedFor() {}

    static Optional<String> fromRight(AuthRequest request, int count) {
        List<String> entries = entries(request);
        String entry = entries.get(entries.size() - Math.min(count, entries.size()));
        return address(entry);
    }

    static Optional<String> beyond(AuthRequest request, Set<String> trusted) {
        List<String> entries = entries(request);
        Optional<String> client = Optional.empty();
        String nearest = request.remoteAddress();
        for (int i = entries.size() - 1; i >= 0 && trusted.contains(IpAddress.canonical(nearest)); i--) {
            Optional<String> entry = address(entries.get(i));
            if (entry.isEmpty()) {
                break;
            }
            client = entry;
            nearest = entry.get();
        }
        return client;
    }

    /** Returns the whole list, as DRF does; the rest of a long one is replaced by a digest, so that it stays distinct. */
    static Optional<String> entirely(AuthRequest request) {
        String list = kept(joined(request), c -> !WhiteSpace.is(c) && !Character.isISOControl(c));
        String bounded = list.length() <= MAX_LIST
                ? list
                : list.substring(0, MAX_LIST - DIGEST - 1) + "~" + Digests.sha256Hex(list);
        return Optional.of(bounded).filter(value -> !value.isEmpty());
    }

    /** Makes a client-supplied value safe for logs and keys; empty if nothing is left. */
    private static Optional<String> address(String entry) {
        String printable = WhiteSpace.strip(kept(entry, c -> !Character.isISOControl(c)));
        String address = cut(withoutPort(printable), MAX_ADDRESS);
        return Optional.of(address).filter(value -> !value.isEmpty());
    }

    /** Some proxies append the port, which differs with each connection. */
    private static String withoutPort(String address) {
        int colon = address.lastIndexOf(':');
        if (colon <= 0 || colon == address.length() - 1) {
            return address;
        }
        String host = address.substring(0, colon);
        boolean isPort = address.chars().skip(colon + 1L).allMatch(c -> c >= '0' && c <= '9');
        boolean isWhole = host.indexOf(':') < 0 || (host.startsWith("[") && host.endsWith("]"));
        return isPort && isWhole && IpAddress.parse(host).isPresent() ? host : address;
    }

    private static List<String> entries(AuthRequest request) {
        return Arrays.asList(joined(request).split(",", -1));
    }

    private static String joined(AuthRequest request) {
        return String.join(",", request.headers("X-Forwarded-For"));
    }

    private static String kept(String value, IntPredicate kept) {
        StringBuilder all = new StringBuilder(value.length());
        value.chars().filter(kept).forEach(c -> all.append((char) c));
        return all.toString();
    }

    private static String cut(String value, int max) {
        return value.substring(0, Math.min(max, value.length()));
    }
}
