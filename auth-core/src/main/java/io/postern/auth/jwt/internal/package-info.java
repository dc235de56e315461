/**
 * What the tokens of our own and those of outside issuers have in common; start reading at
 * {@link io.postern.auth.jwt.internal.CompactJws}. Not exported.
 */
@NullMarked
package io.postern.auth.jwt.internal;

import org.jspecify.annotations.NullMarked;
