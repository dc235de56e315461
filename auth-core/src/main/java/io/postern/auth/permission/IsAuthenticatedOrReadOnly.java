package io.postern.auth.permission;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;

/** Grants safe methods to everyone and other methods to authenticated users (drf-contract PM-4). */
public record IsAuthenticatedOrReadOnly() implements Permission {
    @Override
    public boolean allows(AuthRequest request, Authentication authentication) {
        return SafeMethods.contains(request.method()) || authentication.isAuthenticated();
    }
}
