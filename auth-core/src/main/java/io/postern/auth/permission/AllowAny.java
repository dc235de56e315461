package io.postern.auth.permission;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;

/** Grants every request; DRF's {@code AllowAny} (drf-contract PM-1). */
public record AllowAny() implements Permission {
    @Override
    public boolean allows(AuthRequest request, Authentication authentication) {
        return true;
    }
}
