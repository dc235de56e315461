/**
 * The standard permissions; start with {@link io.postern.auth.permission.StandardPermissions}.
 *
 * <p>Depends on {@code io.postern.auth} only.
 */
@NullMarked
package io.postern.auth.permission;

import org.jspecify.annotations.NullMarked;
