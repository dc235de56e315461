/**
 * The one way in which logins end: further steps after the first factor, then the credential. Read
 * {@link io.postern.auth.login.LoginFlow} first.
 *
 * <p>Depends on the endpoint kit, on passwords, sessions, opaque tokens and one-time secrets; other features contribute
 * {@link io.postern.auth.login.LoginStep}s and {@link io.postern.auth.login.CredentialIssuer}s.
 */
@NullMarked
package io.postern.auth.login;

import org.jspecify.annotations.NullMarked;
