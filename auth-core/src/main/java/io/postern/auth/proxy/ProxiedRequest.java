package io.postern.auth.proxy;

import io.postern.auth.AuthRequest;

/** A request with the address and scheme that the client used before its proxies. */
record ProxiedRequest(AuthRequest wrapped, String remoteAddress, boolean isSecure) implements AuthRequest.Wrapper {}
