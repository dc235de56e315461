/** The endpoints of logins; not exported. */
@NullMarked
package io.postern.auth.login.internal;

import org.jspecify.annotations.NullMarked;
