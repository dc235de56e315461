package io.postern.auth.servlet;

import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.Authenticator;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A granted request, which returns the authenticated user in place of the container's. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

    private final HttpServletResponse response;
    private final Entry entry;

    AuthenticatedRequest(HttpServletRequest request, HttpServletResponse response, Entry entry) {
        super(request);
        this.response = response;
        this.entry = entry;
    }

    private Authentication authentication() {
        return entry.entered().authentication();
    }

    /** Responds to an anonymous caller as the filter does, with the challenges of the policy. */
    @Override
    public boolean authenticate(HttpServletResponse target) throws IOException {
        if (authentication().isAuthenticated()) {
            return true;
        }
        AuthResponse refusal = entry.guard().failed(entry.entered(), new DeniedException(Denial.notAuthenticated()));
        ResponseWriter.replace(this, target, refusal, entry.encoded());
        return false;
    }

    /** The container would continue with its own request, whose body has been read. */
    @Override
    public AsyncContext startAsync() {
        return getRequest() instanceof ReplayedRequest ? startAsync(this, response) : super.startAsync();
    }

    /** The container would check its own users, who are not those of Postern. */
    @Override
    public void login(String username, String password) throws ServletException {
        throw new ServletException("request.login() does not log in to Postern; let the client POST to the endpoint"
                + " /session/login/, or call the login flow of the Postern");
    }

    /** The container would end its own login and leave that of Postern. */
    @Override
    public void logout() throws ServletException {
        throw new ServletException("request.logout() does not log out of Postern; let the client POST to the endpoint"
                + " /session/logout/, or call postern.sessions().logout(ServletAuthRequest.of(postern, request))");
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return authentication().isAuthenticated() ? authentication().user() : null;
    }

    /** Returns the principal's name, which a user without a username has too. */
    @Override
    public @Nullable String getRemoteUser() {
        return authentication().isAuthenticated() ? authentication().user().getName() : null;
    }

    /** Compares roles exactly; {@code **} is any authenticated user (Servlet 6.0, section 13.3). */
    @Override
    public boolean isUserInRole(String role) {
        return role != null
                && authentication().isAuthenticated()
                && (role.equals(Roles.ANY_USER)
                        || authentication().user().roles().contains(role));
    }

    @Override
    public @Nullable String getAuthType() {
        return authentication().authenticator().map(Authenticator::name).orElse(null);
    }
}
