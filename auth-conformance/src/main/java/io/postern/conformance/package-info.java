/**
 * The application that the conformance scenarios expect, on nothing but Postern's public API; start at {@link
 * io.postern.conformance.ConformanceServer}.
 */
@NullMarked
package io.postern.conformance;

import org.jspecify.annotations.NullMarked;
