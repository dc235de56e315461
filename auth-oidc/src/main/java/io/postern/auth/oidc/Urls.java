package io.postern.auth.oidc;

import io.postern.auth.internal.Ascii;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The URLs that may be fetched (OpenID Connect Discovery 1.0, sections 3 and 4). */
final class Urls {

    private static final Pattern HOST = Pattern.compile("[a-z0-9_.-]{1,253}");
    private static final Pattern PORT = Pattern.compile("|:[0-9]{0,5}");

    /** Deleted or replaced by IDNA 2003, which Java has, and kept by IDNA 2008. */
    private static final String AMBIGUOUS_IN_DNS = "\u00DF\u1E9E\u03C2\u200C\u200D";

    private Urls() {}

    static String requireIssuer(String issuer) {
        boolean plain = issuer.codePoints().allMatch(Urls::isPlain);
        if (issuer.isEmpty() || !plain) {
            throw new IllegalArgumentException(
                    "the issuer must be the iss of its tokens: without spaces, control characters and #");
        }
        return issuer;
    }

    private static boolean isPlain(int c) {
        return (c > 0x20 && c < 0x7F && c != '#') || (c > 0x7F && Character.isLetterOrDigit(c));
    }

    static URI discovery(String issuer) {
        URI uri = parse(issuer);
        if (uri.getRawQuery() != null) {
            throw new IllegalArgumentException("an issuer with a query cannot be discovered: use ofJwkSetUri(…)");
        }
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return parse(base + "/.well-known/openid-configuration");
    }

    /**
     * Returns a URL that may be fetched, with the host as DNS and TLS need it: lower-case ASCII without a dot at its end.
     * Underscores are allowed, although {@link URI} does not take such a name for a host.
     */
    static URI requireFetchable(URI uri, boolean insecureHttp) {
        String scheme = uri.getScheme() == null ? "" : Ascii.lower(uri.getScheme());
        if (!scheme.equals("https") && !(insecureHttp && scheme.equals("http"))) {
            throw new IllegalArgumentException(
                    "keys are fetched from https URLs only: http can be modified in transit");
        }
        String authority = uri.getRawAuthority();
        if (authority == null || authority.indexOf('@') >= 0 || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the URL of keys needs a host, and neither a user nor a fragment");
        }
        String host = uri.getHost() != null && authority.startsWith("[") ? uri.getHost() : asciiHost(hostOf(authority));
        String port = authority.substring(hostOf(authority).length());
        if (!PORT.matcher(port).matches() || (port.length() > 1 && Integer.parseInt(port.substring(1)) > 65_535)) {
            throw new IllegalArgumentException("the URL of keys has a port that is not from 0 to 65535");
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(
                parse(scheme + "://" + host + port + uri.getRawPath() + query).toASCIIString());
    }

    private static String hostOf(String authority) {
        int colon = authority.indexOf(':', Math.max(0, authority.indexOf(']')));
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    private static String asciiHost(String host) {
        if (host.codePoints().anyMatch(c -> AMBIGUOUS_IN_DNS.indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    "the host of the URL of keys has a character whose ASCII form is not the same everywhere:"
                            + " write its ASCII form, which begins with xn--");
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        try {
            String ascii = Ascii.lower(IDN.toASCII(name));
            if (HOST.matcher(ascii).matches()) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // as any other name that is not a host
        }
        throw new IllegalArgumentException("the URL of keys has a host that is not a DNS name or an address");
    }

    /** A discovery document must not make us request a private address (SSRF); the configured host may have one. */
    static URI requireOutside(URI uri, URI configured, boolean insecureHttp) {
        String host = hostOf(uri.getRawAuthority());
        if (!insecureHttp && !host.equals(hostOf(configured.getRawAuthority())) && isInside(host)) {
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
