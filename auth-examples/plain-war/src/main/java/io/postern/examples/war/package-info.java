/**
 * A war whose {@code web.xml} names Postern's filter; start reading there, and then at
 * {@link io.postern.examples.war.Wiring}.
 *
 * <p>Depends on Postern and the Servlet API.
 */
@NullMarked
package io.postern.examples.war;

import org.jspecify.annotations.NullMarked;
