package io.postern.auth.proxy;

import io.postern.auth.AuthRequest;
import io.postern.auth.internal.request.RequestWrapper;

/** A request with the client's address and scheme as trusted proxies report them. */
record ProxiedRequest(AuthRequest wrapped, String remoteAddress, boolean isSecure) implements RequestWrapper {}
