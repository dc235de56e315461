package io.postern.auth.permission;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;

/** Grants staff users; DRF's {@code IsAdminUser} (drf-contract PM-3). */
public record IsAdmin() implements Permission {
    @Override
    public boolean allows(AuthRequest request, Authentication authentication) {
        return authentication.user().isStaff();
    }
}
