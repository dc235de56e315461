/**
 * Postern in the JDK's own HTTP server; start reading at {@link io.postern.examples.embedded.EmbeddedServer}.
 *
 * <p>Depends on Postern's core alone, as a framework without servlets would.
 */
@NullMarked
package io.postern.examples.embedded;

import org.jspecify.annotations.NullMarked;
