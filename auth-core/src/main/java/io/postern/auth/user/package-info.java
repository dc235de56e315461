/**
 * Who can log in and where accounts are kept; read {@link io.postern.auth.user.UserStore} first.
 *
 * <p>Depends on the vocabulary of {@code io.postern.auth} and on {@code event}.
 */
@NullMarked
package io.postern.auth.user;

import org.jspecify.annotations.NullMarked;
