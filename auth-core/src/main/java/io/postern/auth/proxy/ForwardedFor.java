package io.postern.auth.proxy;

import io.postern.auth.AuthRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The ways to read {@code X-Forwarded-For}; each answers the client's address, empty for the peer's. */
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
        String blankless = joined(request)
                .codePoints()
                .filter(c -> !Character.isWhitespace(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean(blankless, MAX_LIST);
    }

    /** Some proxies write the port too, which is another one for each connection. */
    private static Optional<String> address(String entry) {
        return clean(entry, MAX_ADDRESS).map(Addresses::withoutPort);
    }

    private static List<String> entries(AuthRequest request) {
        return Arrays.asList(joined(request).split(",", -1));
    }

    private static String joined(AuthRequest request) {
        return String.join(",", request.headers("X-Forwarded-For"));
    }

    /** Makes fit for a log and a key what anybody may have written; empty if nothing is left. */
    private static Optional<String> clean(String text, int maxLength) {
        String printable = text.chars()
                .filter(c -> !Character.isISOControl(c))
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .strip();
        String bounded = printable.substring(0, Math.min(maxLength, printable.length()));
        return Optional.of(bounded).filter(address -> !address.isEmpty());
    }
}
