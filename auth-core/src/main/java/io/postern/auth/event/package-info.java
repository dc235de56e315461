/**
 * What happened, for audit and metrics; read {@link io.postern.auth.event.AuthEvent} first.
 *
 * <p>A leaf: events carry names and codes, never live objects and never a secret. It depends on SLF4J alone.
 */
@NullMarked
package io.postern.auth.event;

import org.jspecify.annotations.NullMarked;
