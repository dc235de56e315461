package io.postern.auth.permission;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;

/** Grants reading to everybody, the rest to whoever is logged in (drf-contract PM-4). */
public record IsAuthenticatedOrReadOnly() implements Permission {
    @Override
    public boolean allows(AuthRequest request, Authentication authentication) {
        return SafeMethods.contains(request.method()) || authentication.isAuthenticated();
    }
}
