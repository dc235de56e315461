/**
 * Access tokens of outside issuers such as Auth0, Keycloak and Google; read {@link
 * io.postern.auth.oidc.TrustedIssuer} first.
 *
 * <p>The only package that makes HTTP requests. Depends on the vocabulary, on {@code jwt} and, for the mapping to
 * accounts, on {@code user}.
 */
@NullMarked
package io.postern.auth.oidc;

import org.jspecify.annotations.NullMarked;
