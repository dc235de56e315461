package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.internal.Ascii;
import java.util.List;
import java.util.Optional;

/** Decides whether a request comes from a page of this application (drf-contract CS-1 to CS-6). */
final class TrustedOrigins {

    private static final int MAX_SHOWN = 200;

    private final List<Entry> entries;

    TrustedOrigins(List<String> entries) {
        this.entries = entries.stream().map(Entry::parse).toList();
    }

    /** Returns why the request is not trusted, or empty. */
    Optional<String> refuse(AuthRequest request) {
        Optional<String> origin = request.header("Origin");
        if (origin.isPresent()) {
            return refuseOrigin(request, origin.get());
        }
        return request.isSecure() ? refuseReferer(request) : Optional.empty();
    }

    /** Checks {@code Origin} alone, where a missing one is allowed. */
    Optional<String> refuseForeignOrigin(AuthRequest request) {
        return request.header("Origin").flatMap(origin -> refuseOrigin(request, origin));
    }

    /** Browsers write origins in lower case, so others count only if the host was written alike. */
    private Optional<String> refuseOrigin(AuthRequest request, String text) {
        Optional<Origin> origin = Origin.parse(text).filter(parsed -> text.equals(Ascii.lower(text)));
        return isOwn(request, text, origin) || origin.filter(this::trusts).isPresent()
                ? Optional.empty()
                : Optional.of("Origin checking failed - " + printable(text) + " does not match any trusted origins.");
    }

    private boolean trusts(Origin origin) {
        return entries.stream().anyMatch(entry -> entry.matches(origin));
    }

    private Optional<String> refuseReferer(AuthRequest request) {
        Optional<String> header = request.header("Referer");
        if (header.isEmpty()) {
            return Optional.of("Referer checking failed - no Referer.");
        }
        Optional<Referer> referer = Referer.parse(header.get());
        if (referer.isEmpty()) {
            return Optional.of("Referer checking failed - Referer is malformed.");
        }
        if (!referer.get().scheme().equals("https")) {
            return Optional.of("Referer checking failed - Referer is insecure while host is secure.");
        }
        String text = "https://" + referer.get().authority();
        Optional<Origin> origin = Origin.parse(text);
        return isOwn(request, text, origin) || origin.filter(this::trustsHost).isPresent()
                ? Optional.empty()
                : Optional.of("Referer checking failed - "
                        + printable(text + referer.get().path()) + " does not match any trusted origins.");
    }

    /** As in Django, a referer may be of the host of any trusted origin, over plain HTTP too; but not of an app's. */
    private boolean trustsHost(Origin origin) {
        return entries.stream().anyMatch(entry -> entry.matchesHost(origin));
    }

    private static boolean isOwn(AuthRequest request, String text, Optional<Origin> origin) {
        return request.host()
                .map(host -> (request.isSecure() ? "https://" : "http://") + host)
                .filter(own -> text.equals(own) || (origin.isPresent() && origin.equals(Origin.parse(own))))
                .isPresent();
    }

    /** Replaces characters that a response must not contain. */
    private static String printable(String header) {
        String cut = header.length() > MAX_SHOWN ? header.substring(0, MAX_SHOWN) : header;
        return cut.replaceAll("[^\\x20-\\x7E]", "?");
    }

    /**
     * A {@code Referer} header without its query, which may contain a secret. Browsers send characters that {@link
     * java.net.URI} rejects, such as {@code |}.
     *
     * @param scheme in lower case
     * @param authority not empty
     */
    private record Referer(String scheme, String authority, String path) {

        static Optional<Referer> parse(String header) {
            String text = header.split("[?#]", 2)[0];
            int colon = text.indexOf("://");
            if (colon < 0 || !Origin.isScheme(text.substring(0, colon))) {
                return Optional.empty();
            }
            int start = colon + "://".length();
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            return end == start
                    ? Optional.empty()
                    : Optional.of(new Referer(
                            Ascii.lower(text.substring(0, colon)), text.substring(start, end), text.substring(end)));
        }
    }

    /**
     * A trusted origin.
     *
     * @param includesSubdomains whether hosts below it are trusted too, as by {@code https://*.example.com}
     */
    private record Entry(Origin origin, boolean includesSubdomains) {

        private static final String WILDCARD = "://*.";

        static Entry parse(String text) {
            boolean wildcard = text.contains(WILDCARD);
            return Origin.parse(wildcard ? text.replace(WILDCARD, "://") : text)
                    .map(origin -> new Entry(origin, wildcard))
                    .orElseThrow(() -> new IllegalArgumentException("not an origin: \"" + text
                            + "\"; write scheme and host as in https://app.example.com, https://*.example.com or "
                            + "capacitor://localhost"));
        }

        boolean matches(Origin other) {
            return other.scheme().equals(origin.scheme()) && hostMatches(other);
        }

        boolean matchesHost(Origin other) {
            return origin.isWeb() && hostMatches(other);
        }

        /** As in Django, {@code *.example.com} includes {@code example.com}. */
        private boolean hostMatches(Origin other) {
            return includesSubdomains ? origin.includes(other) : origin.hasSameHost(other);
        }
    }
}
