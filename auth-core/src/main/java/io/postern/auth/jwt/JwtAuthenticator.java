package io.postern.auth.jwt;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.internal.Ascii;
import io.postern.auth.internal.AuthorizationHeader;
import io.postern.auth.internal.HeaderFault;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates signed tokens of our own, as in {@code Authorization: Bearer eyJ…}; the credential is the {@link
 * VerifiedJwt}.
 *
 * <p>Immutable and safe for use by several threads. Mirrors simplejwt's {@code JWTAuthentication} and {@code
 * JWTStatelessUserAuthentication} (drf-contract SJA-1 to SJA-15).
 */
public final class JwtAuthenticator implements Authenticator {

    private static final int MAX_COOKIES = 4;

    private final JwtSettings settings;
    private final JwtUsers users;
    private final @Nullable Cookie cookie;
    private final boolean besideForeignHeader;
    private final Optional<Challenge> challenge;

    /** Whether the header is another one than {@code Authorization}, which the gate examines. */
    private final boolean hasOwnHeader;

    private record Cookie(String name, BiFunction<AuthRequest, AuthResult.Authenticated, AuthResult> protection) {}

    private JwtAuthenticator(
            JwtSettings settings, JwtUsers users, @Nullable Cookie cookie, boolean besideForeignHeader) {
        this.settings = settings;
        this.users = users;
        this.cookie = cookie;
        this.besideForeignHeader = besideForeignHeader;
        this.hasOwnHeader = !Ascii.equalsIgnoreCase(settings.values.headerName, "Authorization");
        this.challenge = besideForeignHeader ? Optional.empty() : Optional.of(settings.challenge());
    }

    /** Returns an authenticator that looks up the user of each token, so that deactivated and deleted users are refused. */
    public static JwtAuthenticator of(JwtSettings settings, UserStore users, Clock clock) {
        Objects.requireNonNull(users, "users");
        return new JwtAuthenticator(settings, JwtUsers.of(settings, users, clock), null, false);
    }

    /**
     * Returns an authenticator that trusts the token alone and looks nothing up; the user has the id and the flags of
     * the token's claims, no permission and no role.
     */
    public static JwtAuthenticator stateless(JwtSettings settings, Clock clock) {
        return new JwtAuthenticator(settings, JwtUsers.of(settings, null, clock), null, false);
    }

    /** Returns a copy that refuses valid tokens that have been revoked. */
    public JwtAuthenticator refusing(Predicate<VerifiedJwt> test) {
        return new JwtAuthenticator(settings, users.refusing(test), cookie, besideForeignHeader);
    }

    /**
     * Returns a copy that reads the token from a cookie if the header is absent. A cookie whose token is not valid is
     * ignored, so that a stale one does not break public pages; so are all if those of several users are valid.
     *
     * @param protection returns the result for a request whose cookie has a valid token, or rejects the request as forged:
     *     {@code (request, found) -> csrf.protect(request, Optional.empty(), found)}
     */
    public JwtAuthenticator orCookie(
            String name, BiFunction<AuthRequest, AuthResult.Authenticated, AuthResult> protection) {
        return new JwtAuthenticator(settings, users, new Cookie(name, protection), besideForeignHeader);
    }

    /**
     * Returns the authenticator to be tried after all others of a policy: it reads the cookie if the header has a scheme that is
     * not that of a JWT, such as {@code Negotiate}, and no other authenticator has recognised it. It has no challenge.
     *
     * @return empty if no cookie is read
     */
    public Optional<JwtAuthenticator> besideForeignHeader() {
        return cookie == null || besideForeignHeader
                ? Optional.empty()
                : Optional.of(new JwtAuthenticator(settings, users, cookie, true));
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        List<String> values = request.headers(settings.values.headerName);
        if (values.size() > 1 || hasOwnHeader) {
            Optional<HeaderFault> fault = HeaderFault.of(values);
            if (fault.isPresent()) {
                return malformed(fault.get());
            }
        }
        return byHeaderOrCookie(request, values.isEmpty() ? Optional.empty() : AuthorizationHeader.of(values.get(0)));
    }

    @Override
    public Optional<Challenge> challenge(AuthRequest request) {
        return challenge;
    }

    @Override
    public List<String> credentialHeaders() {
        return List.of(settings.values.headerName, "Cookie");
    }

    @Override
    public String name() {
        return "jwt";
    }

    /** The gate refuses the same in {@code Authorization}, whatever the header of the token is. */
    private AuthResult malformed(HeaderFault fault) {
        return AuthResult.rejected(Denial.of(400, fault.detail(settings.values.headerName), "malformed_request")
                .withReason(fault.reason()));
    }

    private AuthResult byHeaderOrCookie(AuthRequest request, Optional<AuthorizationHeader> header) {
        boolean foreign = header.isPresent() && !isOurs(header.get());
        if (besideForeignHeader) {
            return foreign ? byCookie(request) : AuthResult.notAttempted();
        }
        if (header.isEmpty()) {
            return byCookie(request);
        }
        return foreign ? AuthResult.notAttempted() : users.ofHeader(header.get());
    }

    private boolean isOurs(AuthorizationHeader header) {
        boolean ignoreCase = settings.values.ignoreSchemeCase;
        for (String scheme : settings.values.schemes) {
            if (header.hasScheme(scheme, ignoreCase)) {
                return true;
            }
        }
        return false;
    }

    private AuthResult byCookie(AuthRequest request) {
        if (cookie == null) {
            return AuthResult.notAttempted();
        }
        AuthResult.Authenticated found = onlyUser(request.cookies(cookie.name()));
        if (found == null) {
            return AuthResult.notAttempted();
        }
        return cookie.protection().apply(request, found);
    }

    /**
     * Returns the user of the valid cookies, or null if there is none or more than one. Cookies of another path, a parent domain
     * or a sibling application that are not valid count as absent; a planted one that is valid must not win.
     */
    private AuthResult.@Nullable Authenticated onlyUser(List<String> values) {
        if (values.size() > MAX_COOKIES) {
            return null;
        }
        AuthResult.Authenticated found = null;
        for (String value : values) {
            if (users.ofCookie(value) instanceof AuthResult.Authenticated next) {
                if (found != null && !found.user().id().equals(next.user().id())) {
                    return null;
                }
                found = found == null ? next : found;
            }
        }
        return found;
    }
}
