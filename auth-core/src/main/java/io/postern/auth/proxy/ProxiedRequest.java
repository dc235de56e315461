package io.postern.auth.proxy;

import io.postern.auth.AuthRequest;

/** A request as it was before it passed the proxies. */
record ProxiedRequest(AuthRequest wrapped, String remoteAddress, boolean isSecure) implements AuthRequest.Wrapper {}
