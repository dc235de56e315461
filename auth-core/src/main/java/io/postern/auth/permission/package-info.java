/**
 * The permissions that come with the library; read {@link io.postern.auth.permission.StandardPermissions} first.
 *
 * <p>Depends on the vocabulary alone.
 */
@NullMarked
package io.postern.auth.permission;

import org.jspecify.annotations.NullMarked;
