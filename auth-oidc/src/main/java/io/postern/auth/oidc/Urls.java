package io.postern.auth.oidc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** The URLs that may be fetched (OpenID Connect Discovery 1.0, sections 3 and 4). */
final class Urls {

    private Urls() {}

    static String requireIssuer(String issuer) {
        boolean plain = issuer.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != '#');
        if (issuer.isEmpty() || !plain) {
            throw new IllegalArgumentException(
                    "the issuer must be the iss of its tokens: printable ASCII without space and #");
        }
        return issuer;
    }

    static URI discovery(String issuer) {
        URI uri = parse(issuer);
        if (uri.getRawQuery() != null) {
            throw new IllegalArgumentException("an issuer with a query cannot be discovered: use ofJwkSetUri(…)");
        }
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return parse(base + "/.well-known/openid-configuration");
    }

    static URI requireFetchable(URI uri, boolean insecureHttp) {
        boolean scheme = "https".equals(uri.getScheme()) || (insecureHttp && "http".equals(uri.getScheme()));
        if (!scheme) {
            throw new IllegalArgumentException(
                    "keys are fetched from https URLs only: http can be modified in transit");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the URL of keys needs a host, and neither a user nor a fragment");
        }
        return uri;
    }

    /** A discovery document must not make us request a private address (SSRF); the configured host may have one. */
    static URI requireOutside(URI uri, URI configured, boolean insecureHttp) {
        boolean sameHost = uri.getHost().equalsIgnoreCase(configured.getHost());
        if (!sameHost && !insecureHttp && isInside(uri.getHost())) {
            throw new IllegalArgumentException(
                    "jwks_uri has a private address: use ofJwkSetUri(…) if that is intended");
        }
        return uri;
    }

    static URI parse(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a URL (the value is not shown)");
        }
    }

    private static boolean isInside(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (InsideAddresses.has(address)) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(new IOException("the host of jwks_uri is unknown"));
        }
    }
}
