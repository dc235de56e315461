/** Requests over the loopback address to an embedded Jetty. */
@NullMarked
package io.postern.benchmarks.http;

import org.jspecify.annotations.NullMarked;
