/**
 * Browser sessions and CSRF protection; read {@link io.postern.auth.session.SessionAuthenticator} first.
 *
 * <p>Depends on the vocabulary and on {@code user}.
 */
@NullMarked
package io.postern.auth.session;

import org.jspecify.annotations.NullMarked;
