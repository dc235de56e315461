package io.postern.auth.proxy;

import io.postern.auth.AuthRequest;
import io.postern.auth.internal.Ascii;
import io.postern.auth.internal.IpAddress;
import io.postern.auth.internal.WhiteSpace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The reverse proxies whose forwarding headers are trusted.
 *
 * <pre>{@code
 * Proxies proxies = Proxies.trusted(1).withSecureHeader("X-Forwarded-Proto", "https");
 * }</pre>
 *
 * Mirrors DRF's {@code NUM_PROXIES} (drf-contract TH-5) and Django's {@code SECURE_PROXY_SSL_HEADER}, except that
 * no header is trusted by default. Immutable and safe for use by several threads.
 *
 * <p><b>Security.</b> Any client can send these headers. Configure proxies only if no client can bypass them, and only if they
 * overwrite or append to what the client sent.
 */
public final class Proxies {

    private static final Proxies NONE =
            new Proxies(request -> Optional.empty(), request -> true, AuthRequest::isSecure);

    private final Function<AuthRequest, Optional<String>> client;
    private final Predicate<AuthRequest> trusted;
    private final Predicate<AuthRequest> secure;

    private Proxies(
            Function<AuthRequest, Optional<String>> client,
            Predicate<AuthRequest> trusted,
            Predicate<AuthRequest> secure) {
        this.client = client;
        this.trusted = trusted;
        this.secure = secure;
    }

    /**
     * Trusts no proxy: the client is the peer of the connection. This is the default.
     */
    public static Proxies none() {
        return NONE;
    }

    /**
     * Trusts a number of proxies: the client is the entry at that position from the right of {@code X-Forwarded-For}, or
     * the leftmost entry if there are fewer. Without the header it is the peer.
     *
     * @param count the number of proxies that every request passes; 0 is {@link #none()}
     * @throws IllegalArgumentException if the count is negative
     */
    public static Proxies trusted(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("the number of proxies must be 0 or more, not " + count);
        }
        return count == 0 ? NONE : NONE.withClient(request -> ForwardedFor.fromRight(request, count));
    }

    /**
     * Trusts proxies by address: starting at the peer and continuing through {@code X-Forwarded-For} from the right, the
     * client is the first address that is not one of them. A secure header counts only if the peer is one of them.
     *
     * @param peerAddresses the proxies' addresses; IPv6 addresses in any notation
     * @throws IllegalArgumentException if the set is empty or contains a host name or a range
     */
    public static Proxies trusted(Set<String> peerAddresses) {
        if (peerAddresses.isEmpty()) {
            throw new IllegalArgumentException("no proxy address given: name at least one, or use Proxies.none()");
        }
        peerAddresses.forEach(Proxies::requireAddress);
        Set<String> trusted = peerAddresses.stream().map(IpAddress::canonical).collect(Collectors.toUnmodifiableSet());
        return new Proxies(
                request -> ForwardedFor.beyond(request, trusted),
                request -> trusted.contains(IpAddress.canonical(request.remoteAddress())),
                AuthRequest::isSecure);
    }

    /**
     * Trusts any {@code X-Forwarded-For}, as DRF does while {@code NUM_PROXIES} is not set: the client is the whole header
     * value without white space, or the peer without the header (drf-contract TH-5).
     *
     * <p><b>Security.</b> Clients choose their own address, so throttling by address has no effect. Use it for
     * compatibility only; prefer {@link #trusted(int)}.
     */
    public static Proxies drfNumProxiesUnset() {
        return NONE.withClient(ForwardedFor::entirely);
    }

    /**
     * Returns a copy that reads from a header whether the client used TLS. Without the header the connection itself
     * decides. Of a list such as {@code https, http}, which several proxies write, the leftmost entry counts, as in Django
     * since 4.1: it is that of the proxy which the client is connected to.
     *
     * <p><b>Security.</b> The proxy must remove this header from client requests.
     *
     * @param name the header's name, for instance {@code X-Forwarded-Proto}
     * @param value the value of secure requests in any case, for instance {@code https}
     */
    public Proxies withSecureHeader(String name, String value) {
        String wanted = Ascii.lower(value);
        return new Proxies(client, trusted, request -> {
            List<String> sent = request.headers(name);
            return sent.isEmpty()
                    ? request.isSecure()
                    : Ascii.lower(leftmost(sent.get(0))).equals(wanted);
        });
    }

    /**
     * Returns the request with the address and the secure flag of the client instead of those of the nearest proxy. An IP
     * address is in one notation, that of RFC 5952 for IPv6, whatever the notation in which it was received.
     */
    public AuthRequest view(AuthRequest request) {
        return new ProxiedRequest(request, this);
    }

    String addressOf(AuthRequest request) {
        Optional<String> reported = client.apply(request);
        return IpAddress.canonical(reported.isPresent() ? reported.get() : request.remoteAddress());
    }

    boolean isSecure(AuthRequest request) {
        return trusted.test(request) ? secure.test(request) : request.isSecure();
    }

    private static String leftmost(String list) {
        int comma = list.indexOf(',');
        return WhiteSpace.strip(comma < 0 ? list : list.substring(0, comma));
    }

    private static void requireAddress(String address) {
        if (IpAddress.parse(address).filter(parsed -> !parsed.hasZone()).isEmpty()) {
            throw new IllegalArgumentException("not an IP address of a proxy: \"" + address
                    + "\"; host names and ranges are not resolved: list each address, or use Proxies.trusted(count)");
        }
    }

    private Proxies withClient(Function<AuthRequest, Optional<String>> newClient) {
        return new Proxies(newClient, trusted, secure);
    }
}
