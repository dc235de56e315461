package io.postern.auth.proxy;

import io.postern.auth.AuthRequest;
import io.postern.auth.internal.request.RequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request with the client's address and scheme as trusted proxies report them. Most requests are granted without a look at
 * the address, and neither containers nor proxies give it for nothing, so it is determined when it is first asked for.
 */
final class ProxiedRequest implements RequestWrapper {

    private final AuthRequest wrapped;
    private final Proxies proxies;
    private @Nullable String address;

    ProxiedRequest(AuthRequest wrapped, Proxies proxies) {
        this.wrapped = wrapped;
        this.proxies = proxies;
    }

    @Override
    public AuthRequest wrapped() {
        return wrapped;
    }

    @Override
    public String remoteAddress() {
        String known = address;
        if (known == null) {
            known = proxies.addressOf(wrapped);
            address = known;
        }
        return known;
    }

    @Override
    public boolean isSecure() {
        return proxies.isSecure(wrapped);
    }
}
