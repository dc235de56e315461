/**
 * The samples of README and docs between comments, and the tests that hold the two together; start reading at
 * {@link io.postern.samples.Quickstart}.
 *
 * <p>Depends on Postern's core, servlet and testkit modules, and on embedded Jetty.
 */
@NullMarked
package io.postern.samples;

import org.jspecify.annotations.NullMarked;
