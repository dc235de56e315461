package io.postern.auth.proxy;

import io.postern.auth.AuthRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which proxies are believed, and who the client is then.
 *
 * <pre>{@code
 * Proxies proxies = Proxies.trusted(1).withSecureHeader("X-Forwarded-Proto", "https");
 * }</pre>
 *
 * Mirrors DRF's {@code NUM_PROXIES} (drf-contract TH-5) and Django's {@code SECURE_PROXY_SSL_HEADER}, except that
 * nothing is believed until it is named. Immutable and safe for use by several threads.
 *
 * <p><b>Security.</b> Anybody can send these headers. Name proxies only if no client reaches the server around them, and
 * only if they overwrite or append to what the client sent.
 */
public final class Proxies {

    private static final Proxies NONE =
            new Proxies(request -> Optional.empty(), request -> true, AuthRequest::isSecure);

    private final Function<AuthRequest, Optional<String>> client;
    private final Predicate<AuthRequest> believed;
    private final Predicate<AuthRequest> secure;

    private Proxies(
            Function<AuthRequest, Optional<String>> client,
            Predicate<AuthRequest> believed,
            Predicate<AuthRequest> secure) {
        this.client = client;
        this.believed = believed;
        this.secure = secure;
    }

    /**
     * Believes nobody: the client is the peer of the connection. This is the default.
     *
     * @return no proxies
     */
    public static Proxies none() {
        return NONE;
    }

    /**
     * Believes a number of proxies: the client is the entry of {@code X-Forwarded-For} so many from the right, or the
     * leftmost if there are fewer. Without the header it is the peer.
     *
     * @param count how many proxies every request passes; 0 is {@link #none()}
     * @return the proxies
     * @throws IllegalArgumentException if the count is negative
     */
    public static Proxies trusted(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("the number of proxies is " + count + "; choose 0 or more");
        }
        return count == 0 ? NONE : NONE.withClient(request -> ForwardedFor.fromRight(request, count));
    }

    /**
     * Believes proxies by their addresses: the client is the first, from the peer on and then through {@code
     * X-Forwarded-For} from the right, who is none of them. A secure header counts only if the peer is one of them.
     *
     * @param peerAddresses the proxies' addresses; an IPv6 address may be written in any way
     * @return the proxies
     * @throws IllegalArgumentException if there are none, or one is a name or a range
     */
    public static Proxies trusted(Set<String> peerAddresses) {
        if (peerAddresses.isEmpty()) {
            throw new IllegalArgumentException("no address of a proxy; name one, or use Proxies.none()");
        }
        peerAddresses.forEach(Proxies::requireAddress);
        Set<String> trusted = peerAddresses.stream().map(Addresses::canonical).collect(Collectors.toUnmodifiableSet());
        return new Proxies(
                request -> ForwardedFor.beyond(request, trusted),
                request -> trusted.contains(Addresses.canonical(request.remoteAddress())),
                AuthRequest::isSecure);
    }

    /**
     * Believes everybody, as DRF does while {@code NUM_PROXIES} is not set: the client is the whole of {@code
     * X-Forwarded-For} without white space, or the peer without the header (drf-contract TH-5).
     *
     * <p><b>Security.</b> Every client chooses its own address, so throttles by address stop nobody. It is here to be
     * compatible; use {@link #trusted(int)}.
     *
     * @return the proxies
     */
    public static Proxies drfNumProxiesUnset() {
        return NONE.withClient(ForwardedFor::entirely);
    }

    /**
     * Returns proxies that tell by a header whether the client came over TLS. Without the header the server's own word
     * stands; with any other value, or with several, the request is not secure.
     *
     * <p><b>Security.</b> The proxy has to remove the header from what clients send.
     *
     * @param name the header's name, for instance {@code X-Forwarded-Proto}
     * @param value the value of secure requests, compared exactly, for instance {@code https}
     * @return the new proxies
     */
    public Proxies withSecureHeader(String name, String value) {
        return new Proxies(client, believed, request -> {
            List<String> sent = request.headers(name);
            return sent.isEmpty() ? request.isSecure() : sent.equals(List.of(value));
        });
    }

    /**
     * Returns the request as the client sent it.
     *
     * @param request the request as the server received it
     * @return the same but for address and secure flag
     */
    public AuthRequest view(AuthRequest request) {
        String address = client.apply(request).orElseGet(request::remoteAddress);
        boolean isSecure = believed.test(request) ? secure.test(request) : request.isSecure();
        return new ProxiedRequest(request, address, isSecure);
    }

    private static void requireAddress(String address) {
        if (!Addresses.isAddress(address)) {
            throw new IllegalArgumentException("no IP address of a proxy: \"" + address
                    + "\"; names and ranges are not looked up, so name each proxy, or use Proxies.trusted(count)");
        }
    }

    private Proxies withClient(Function<AuthRequest, Optional<String>> newClient) {
        return new Proxies(newClient, believed, secure);
    }
}
