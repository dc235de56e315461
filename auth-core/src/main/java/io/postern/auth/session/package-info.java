/**
 * The logged-in browser: sessions and the proof against cross-site requests; read {@link
 * io.postern.auth.session.SessionAuthenticator} first.
 *
 * <p>Depends on the vocabulary and on {@code user}.
 */
@NullMarked
package io.postern.auth.session;

import org.jspecify.annotations.NullMarked;
