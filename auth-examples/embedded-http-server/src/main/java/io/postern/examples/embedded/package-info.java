/**
 * Postern in the JDK's own HTTP server; start reading at {@link io.postern.examples.embedded.EmbeddedServer}.
 *
 * <p>Depends on Postern's core only, as a framework without servlets does.
 */
@NullMarked
package io.postern.examples.embedded;

import org.jspecify.annotations.NullMarked;
