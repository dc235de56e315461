package io.postern.auth.jwt;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.internal.AuthorizationHeader;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.jwt.internal.Refusals;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Authenticates signed tokens of our own, as in {@code Authorization: Bearer eyJ…}; the credential is the {@link
 * VerifiedJwt}.
 *
 * <p>Immutable and safe for use by several threads. Mirrors simplejwt's {@code JWTAuthentication} and {@code
 * JWTStatelessUserAuthentication} (drf-contract SJA-1 to SJA-15).
 */
public final class JwtAuthenticator implements Authenticator {

    private final JwtSettings settings;
    private final JwtVerifier verifier;
    private final Optional<UserStore> users;
    private final Predicate<VerifiedJwt> revoked;
    private final Optional<Cookie> cookie;
    private final Refusals refusals;

    private record Cookie(String name, Function<AuthRequest, Optional<String>> refuseForged) {}

    private JwtAuthenticator(
            JwtSettings settings,
            JwtVerifier verifier,
            Optional<UserStore> users,
            Predicate<VerifiedJwt> revoked,
            Optional<Cookie> cookie) {
        this.settings = settings;
        this.verifier = verifier;
        this.users = users;
        this.revoked = revoked;
        this.cookie = cookie;
        this.refusals = new Refusals(settings.challenge());
    }

    /** Returns an authenticator that looks up the user of each token, so that deactivated and deleted users are refused. */
    public static JwtAuthenticator of(JwtSettings settings, UserStore users, Clock clock) {
        return new JwtAuthenticator(
                settings,
                new JwtVerifier(settings, clock),
                Optional.of(Objects.requireNonNull(users, "users")),
                jwt -> false,
                Optional.empty());
    }

    /**
     * Returns an authenticator that trusts the token alone and looks nothing up; the user has the id and the flags of
     * the token's claims, no permission and no role.
     */
    public static JwtAuthenticator stateless(JwtSettings settings, Clock clock) {
        return new JwtAuthenticator(
                settings, new JwtVerifier(settings, clock), Optional.empty(), jwt -> false, Optional.empty());
    }

    /** Returns a copy that refuses valid tokens that have been revoked. */
    public JwtAuthenticator refusing(Predicate<VerifiedJwt> test) {
        return new JwtAuthenticator(settings, verifier, users, test, cookie);
    }

    /**
     * Returns a copy that reads the token from a cookie if the header is absent. A cookie whose token is not valid is
     * ignored, so that a stale one does not break public pages.
     *
     * @param refuseForged returns why a request with the cookie is refused as forged, for instance {@code Csrf}'s
     *     refusal; empty to accept it
     */
    public JwtAuthenticator orCookie(String name, Function<AuthRequest, Optional<String>> refuseForged) {
        return new JwtAuthenticator(settings, verifier, users, revoked, Optional.of(new Cookie(name, refuseForged)));
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        List<String> values = request.headers(settings.headerName);
        return misframed(values)
                .map(AuthResult::rejected)
                .orElseGet(() -> byHeaderOrCookie(request, values.stream().findFirst()));
    }

    @Override
    public Optional<Challenge> challenge(AuthRequest request) {
        return Optional.of(refusals.challenge());
    }

    @Override
    public List<String> credentialHeaders() {
        return List.of(settings.headerName, "Cookie");
    }

    @Override
    public String name() {
        return "jwt";
    }

    /** The gate makes the same checks of {@code Authorization} alone, with the same reasons. */
    private Optional<Denial> misframed(List<String> values) {
        String header = settings.headerName;
        if (values.size() > 1) {
            return malformed("More than one " + header + " header.", "authorization_repeated");
        }
        return values.stream().anyMatch(AuthorizationHeader::hasControlCharacters)
                ? malformed(header + " header has control characters.", "authorization_control_characters")
                : Optional.empty();
    }

    private static Optional<Denial> malformed(String detail, String reason) {
        return Optional.of(Denial.of(400, detail, "malformed_request").withReason(reason));
    }

    private AuthResult byHeaderOrCookie(AuthRequest request, Optional<String> value) {
        Optional<AuthorizationHeader> header = value.flatMap(AuthorizationHeader::of);
        if (header.isEmpty()) {
            return cookie.map(kept -> byCookie(request, kept)).orElseGet(AuthResult::notAttempted);
        }
        return header.filter(this::isOurs)
                .map(ours -> byToken(ours.parameters()))
                .orElseGet(AuthResult::notAttempted);
    }

    private boolean isOurs(AuthorizationHeader header) {
        boolean ignoreCase = settings.ignoreSchemeCase;
        return settings.schemes.stream().anyMatch(scheme -> header.hasScheme(scheme, ignoreCase));
    }

    private AuthResult byCookie(AuthRequest request, Cookie kept) {
        List<String> values = request.cookies(kept.name());
        if (values.size() != 1 || !(byToken(values) instanceof AuthResult.Authenticated found)) {
            return AuthResult.notAttempted();
        }
        return kept.refuseForged()
                .apply(request)
                .map(reason -> AuthResult.rejected(Denial.csrfFailed(reason)))
                .orElse(found);
    }

    private AuthResult byToken(List<String> parameters) {
        if (parameters.size() != 1) {
            return refusals.ofHeader();
        }
        List<Map<String, Object>> messages = new ArrayList<>();
        String reason = "jwt_malformed";
        for (TokenType type : settings.accepted()) {
            JwtVerification check = unrevoked(verifier.verify(parameters.get(0), type, revoked));
            if (check instanceof JwtVerification.Verified verified) {
                return userOf(verified.jwt());
            }
            JwtVerification.Refused refused = (JwtVerification.Refused) check;
            messages.add(Refusals.message(type.className(), type.claim(), refused.message()));
            reason = refused.reason();
        }
        return refusals.ofToken(messages, reason);
    }

    private JwtVerification unrevoked(JwtVerification check) {
        return check instanceof JwtVerification.Verified verified && revoked.test(verified.jwt())
                ? new JwtVerification.Revoked()
                : check;
    }

    private AuthResult userOf(VerifiedJwt jwt) {
        String claim = settings.userIdClaim();
        if (!jwt.has(claim)) {
            return refusals.of(
                    "Token contained no recognizable user identification", "token_not_valid", "jwt_no_user_claim");
        }
        return users.map(store -> lookUp(store, jwt))
                .orElseGet(() -> AuthResult.authenticated(new TokenUser(jwt, claim), jwt));
    }

    private AuthResult lookUp(UserStore store, VerifiedJwt jwt) {
        Optional<StoredUser> user = verifier.userOf(jwt, store);
        if (user.isEmpty()) {
            return refusals.of("User not found", "user_not_found", "user_unknown");
        }
        if (settings.checkActive() && !user.get().user().isActive()) {
            return refusals.of("User is inactive", "user_inactive", "user_inactive");
        }
        return verifier.hasPasswordOf(jwt, user.get())
                ? AuthResult.authenticated(user.get().user(), jwt)
                : refusals.of("The user's password has been changed.", "password_changed", "password_changed");
    }
}
