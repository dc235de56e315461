/**
 * Events for logs, audit and metrics; read {@link io.postern.auth.event.AuthEvent} first.
 *
 * <p>Events carry names and codes, never live objects and never a secret. Depends only on SLF4J.
 */
@NullMarked
package io.postern.auth.event;

import org.jspecify.annotations.NullMarked;
