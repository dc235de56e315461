package io.postern.auth.servlet;

import io.postern.auth.Authentication;
import io.postern.auth.Authenticator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A granted request, which returns the authenticated user in place of the container's. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

    private final Authentication authentication;

    AuthenticatedRequest(HttpServletRequest request, Authentication authentication) {
        super(request);
        this.authentication = authentication;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return authentication.isAuthenticated() ? authentication.user() : null;
    }

    /** Returns the principal's name, which a user without a username has too. */
    @Override
    public @Nullable String getRemoteUser() {
        return authentication.isAuthenticated() ? authentication.user().getName() : null;
    }

    /** Compares roles exactly; {@code **} is any authenticated user (Servlet 6.0, section 13.3). */
    @Override
    public boolean isUserInRole(String role) {
        return role != null
                && authentication.isAuthenticated()
                && (role.equals(Roles.ANY_USER) || authentication.user().roles().contains(role));
    }

    @Override
    public @Nullable String getAuthType() {
        return authentication.authenticator().map(Authenticator::name).orElse(null);
    }
}
