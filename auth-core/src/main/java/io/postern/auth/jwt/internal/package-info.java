/**
 * What the verification of our own tokens and that of outside issuers' tokens share; start reading at {@link
 * io.postern.auth.jwt.internal.TokenChecks}. Exported to {@code auth-oidc} only.
 */
@NullMarked
package io.postern.auth.jwt.internal;

import org.jspecify.annotations.NullMarked;
