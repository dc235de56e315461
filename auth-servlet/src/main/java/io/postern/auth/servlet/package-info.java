/**
 * Postern in a servlet container; start reading at {@link io.postern.auth.servlet.AuthFilter}.
 *
 * <p>Depends on the core and on the servlet API 6.0; on {@code jakarta.annotation} only if present.
 */
@NullMarked
package io.postern.auth.servlet;

import org.jspecify.annotations.NullMarked;
