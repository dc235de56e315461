/** Wrappers of requests: the client behind trusted proxies, and a body that has been read. Not exported. */
@NullMarked
package io.postern.auth.internal.request;

import org.jspecify.annotations.NullMarked;
