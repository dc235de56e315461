/**
 * Users and the store of their accounts; read {@link io.postern.auth.user.UserStore} first.
 *
 * <p>Depends on the vocabulary of {@code io.postern.auth}.
 */
@NullMarked
package io.postern.auth.user;

import org.jspecify.annotations.NullMarked;
