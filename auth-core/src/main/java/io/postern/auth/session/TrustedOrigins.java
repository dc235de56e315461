package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides whether a request comes from a page of this application (drf-contract CS-1 to CS-6). */
record TrustedOrigins(List<String> entries) {

    private static final Pattern ENTRY = Pattern.compile("https?://(\\*\\.)?[A-Za-z0-9.\\-\\[\\]:]+");

    /** A path or fragment could end like a trusted host. */
    private static final Pattern HOST = Pattern.compile("[^/?#@\\\\]+");

    TrustedOrigins {
        entries = List.copyOf(entries);
        for (String entry : entries) {
            if (!ENTRY.matcher(entry).matches()) {
                throw new IllegalArgumentException("not an origin: \"" + entry
                        + "\"; write scheme and host as in https://app.example.com or https://*.example.com");
            }
        }
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

    private Optional<String> refuseOrigin(AuthRequest request, String origin) {
        String own =
                (request.isSecure() ? "https://" : "http://") + request.host().orElse("");
        boolean good = origin.equals(own) || entries.stream().anyMatch(entry -> matches(entry, origin));
        return good
                ? Optional.empty()
                : Optional.of("Origin checking failed - " + printable(origin) + " does not match any trusted origins.");
    }

    private Optional<String> refuseReferer(AuthRequest request) {
        Optional<String> header = request.header("Referer");
        if (header.isEmpty()) {
            return Optional.of("Referer checking failed - no Referer.");
        }
        Optional<URI> referer = parse(header.get());
        if (referer.isEmpty()) {
            return Optional.of("Referer checking failed - Referer is malformed.");
        }
        if (!"https".equalsIgnoreCase(referer.get().getScheme())) {
            return Optional.of("Referer checking failed - Referer is insecure while host is secure.");
        }
        String authority = referer.get().getRawAuthority();
        boolean good = authority.equals(request.host().orElse(""))
                || entries.stream().anyMatch(entry -> trusts(hostOf(entry), authority));
        return good
                ? Optional.empty()
                : Optional.of("Referer checking failed - " + printable(header.get())
                        + " does not match any trusted origins.");
    }

    private static boolean matches(String entry, String origin) {
        String scheme = entry.substring(0, entry.length() - hostOf(entry).length());
        return origin.startsWith(scheme) && trusts(hostOf(entry), origin.substring(scheme.length()));
    }

    /** As in Django, {@code *.example.com} includes {@code example.com}. */
    private static boolean trusts(String entry, String host) {
        if (!entry.startsWith("*.")) {
            return entry.equals(host);
        }
        String domain = entry.substring(2).toLowerCase(Locale.ROOT);
        return host.equals(domain)
                || (host.endsWith("." + domain) && HOST.matcher(host).matches());
    }

    private static String hostOf(String entry) {
        return entry.substring(entry.indexOf("://") + 3);
    }

    private static Optional<URI> parse(String referer) {
        try {
            URI uri = new URI(referer);
            return uri.getScheme() == null || uri.getRawAuthority() == null ? Optional.empty() : Optional.of(uri);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Removes the query, which may contain a secret, and characters that a response must not contain. */
    private static String printable(String header) {
        String bare = header.split("[?#]", 2)[0];
        String cut = bare.length() > 200 ? bare.substring(0, 200) : bare;
        return cut.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
