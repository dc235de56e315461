package io.postern.auth.servlet;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authentication;
import io.postern.auth.Authenticator;
import io.postern.auth.Denial;
import io.postern.auth.Permission;
import java.util.function.Predicate;

/**
 * Refuses plain HTTP. As a permission it refuses those who are logged in; as the last authenticator it refuses all
 * others, who would else be asked for credentials that are then sent in the clear.
 *
 * @param demands tells for which requests TLS is demanded
 */
record TransportConstraint(Predicate<AuthRequest> demands) implements Authenticator, Permission {

    private static final Denial DENIAL = Denial.permissionDenied("Secure connection required.", "insecure_transport");

    @Override
    public AuthResult authenticate(AuthRequest request) {
        return grants(request) ? AuthResult.notAttempted() : AuthResult.rejected(DENIAL);
    }

    @Override
    public boolean allows(AuthRequest request, Authentication authentication) {
        return grants(request);
    }

    @Override
    public Denial denial(AuthRequest request, Authentication authentication) {
        return DENIAL;
    }

    private boolean grants(AuthRequest request) {
        return request.isSecure() || !demands.test(request);
    }
}
