/**
 * Client addresses behind reverse proxies; start with {@link io.postern.auth.proxy.Proxies}.
 *
 * <p>Depends on {@code io.postern.auth} only.
 */
@NullMarked
package io.postern.auth.proxy;

import org.jspecify.annotations.NullMarked;
