package io.postern.auth.permission;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;

/** Grants authenticated users; DRF's {@code IsAuthenticated} (drf-contract PM-2). */
public record IsAuthenticated() implements Permission {
    @Override
    public boolean allows(AuthRequest request, Authentication authentication) {
        return authentication.isAuthenticated();
    }
}
