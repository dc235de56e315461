/**
 * One-time secrets: pending logins, verification and reset links, mailed codes, OIDC states, passkey challenges. Read
 * {@link io.postern.auth.onetime.OneTimeStore} first.
 */
@NullMarked
package io.postern.auth.onetime;

import org.jspecify.annotations.NullMarked;
