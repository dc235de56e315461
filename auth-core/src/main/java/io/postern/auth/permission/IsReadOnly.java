package io.postern.auth.permission;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;

/** Grants safe methods only: GET, HEAD and OPTIONS (DRF's {@code SAFE_METHODS}). */
record IsReadOnly() implements Permission {
    @Override
    public boolean allows(AuthRequest request, Authentication authentication) {
        return SafeMethods.contains(request.method());
    }
}
