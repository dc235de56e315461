package io.postern.auth.proxy;

import io.postern.auth.AuthRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the client's address from {@code X-Forwarded-For}; an empty result stands for the peer's address. */
final class ForwardedFor {

    private static final int MAX_ADDRESS = 64;
    private static final int MAX_LIST = 256;

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
        for (int i = entries.size() - 1; i >= 0 && trusted.contains(Addresses.canonical(nearest)); i--) {
            Optional<String> entry = address(entries.get(i));
            if (entry.isEmpty()) {
                break;
            }
            client = entry;
            nearest = entry.get();
        }
        return client;
    }

    static Optional<String> entirely(AuthRequest request) {
        String compact = joined(request)
                .codePoints()
                .filter(c -> !Character.isWhitespace(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean(compact, MAX_LIST);
    }

    /** Some proxies append the port, which differs with each connection. */
    private static Optional<String> address(String entry) {
        return clean(entry, MAX_ADDRESS).map(Addresses::withoutPort);
    }

    private static List<String> entries(AuthRequest request) {
        return Arrays.asList(joined(request).split(",", -1));
    }

    private static String joined(AuthRequest request) {
        return String.join(",", request.headers("X-Forwarded-For"));
    }

    /** Makes a client-supplied value safe for logs and keys; empty if nothing is left. */
    private static Optional<String> clean(String value, int maxLength) {
        String printable = value.chars()
                .filter(c -> !Character.isISOControl(c))
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .strip();
        String bounded = printable.substring(0, Math.min(maxLength, printable.length()));
        return Optional.of(bounded).filter(address -> !address.isEmpty());
    }
}
