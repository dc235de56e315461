/**
 * Password hashing and verification. Read {@link io.postern.auth.password.PasswordLogin} first.
 *
 * <p>Depends on {@code io.postern.auth.user}, {@code io.postern.auth.event} and the JDK. Bouncy Castle is needed for
 * argon2id only, and only one class depends on it.
 */
@NullMarked
package io.postern.auth.password;

import org.jspecify.annotations.NullMarked;
