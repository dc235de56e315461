package io.postern.auth.permission;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;

/** Denies every request. */
record DenyAll() implements Permission {
    @Override
    public boolean allows(AuthRequest request, Authentication authentication) {
        return false;
    }
}
