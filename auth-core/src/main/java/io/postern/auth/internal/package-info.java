/**
 * Small strict readers and writers that several packages share; start reading at
 * {@link io.postern.auth.internal.JsonReader}.
 *
 * <p>A leaf: it imports nothing but the JDK. It is exported to {@code auth-oidc} alone; nothing outside of Postern may use it.
 */
@NullMarked
package io.postern.auth.internal;

import org.jspecify.annotations.NullMarked;
