/**
 * Who the client is when proxies stand between; start reading at {@link io.postern.auth.proxy.Proxies}.
 *
 * <p>Reads the words of {@code io.postern.auth} and depends on nothing else.
 */
@NullMarked
package io.postern.auth.proxy;

import org.jspecify.annotations.NullMarked;
