/** A servlet container for tests over HTTP; start with {@link io.postern.auth.testkit.server.TestServer}. */
@NullMarked
package io.postern.auth.testkit.server;

import org.jspecify.annotations.NullMarked;
