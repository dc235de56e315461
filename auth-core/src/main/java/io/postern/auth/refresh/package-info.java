/**
 * The stores of refresh tokens and families, and how tokens are refreshed; start at {@link
 * io.postern.auth.refresh.TokenFamilyStore}.
 *
 * <p>Depends on the vocabulary and {@code user}.
 */
@NullMarked
package io.postern.auth.refresh;

import org.jspecify.annotations.NullMarked;
