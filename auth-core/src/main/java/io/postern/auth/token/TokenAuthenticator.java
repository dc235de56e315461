package io.postern.auth.token;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.User;
import io.postern.auth.internal.AuthorizationHeader;
import io.postern.auth.internal.Latin1;
import io.postern.auth.internal.Utf8;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import io.postern.auth.user.WithUser;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads an opaque token, as in {@code Authorization: Token 9944b0…}; the credential is the {@link StoredToken}.
 *
 * <p>Immutable and safe for use by several threads. Mirrors DRF's {@code TokenAuthentication} (drf-contract TA-1 to
 * TA-9).
 */
public final class TokenAuthenticator implements Authenticator {

    private final ApiTokens tokens;
    private final UserStore users;
    private final Challenge challenge;

    /**
     * Creates an authenticator.
     *
     * @param keyword the scheme, compared without case; DRF's is {@code Token}
     */
    public TokenAuthenticator(ApiTokens tokens, UserStore users, String keyword) {
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.users = Objects.requireNonNull(users, "users");
        this.challenge = Challenge.of(keyword);
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        return request.header("Authorization")
                .flatMap(AuthorizationHeader::of)
                .filter(header -> header.hasScheme(challenge.scheme(), true))
                .map(header -> authenticate(header.parameters()))
                .orElseGet(AuthResult::notAttempted);
    }

    @Override
    public Optional<Challenge> challenge(AuthRequest request) {
        return Optional.of(challenge);
    }

    @Override
    public String name() {
        return "token";
    }

    private AuthResult authenticate(List<String> parameters) {
        if (parameters.isEmpty()) {
            return refused("Invalid token header. No credentials provided.", "token_malformed");
        }
        if (parameters.size() > 1) {
            return refused("Invalid token header. Token string should not contain spaces.", "token_malformed");
        }
        return Utf8.decode(Latin1.bytes(parameters.get(0)))
                .map(this::lookUp)
                .orElseGet(() -> refused(
                        "Invalid token header. Token string should not contain invalid characters.",
                        "token_malformed"));
    }

    private AuthResult lookUp(String value) {
        Optional<WithUser<StoredToken>> token = tokens.findWithUser(value, users);
        if (token.isEmpty()) {
            return refused("Invalid token.", "token_unknown");
        }
        Optional<User> owner = token.get().owner().map(StoredUser::user).filter(User::isActive);
        return owner.map(user -> AuthResult.authenticated(user, token.get().found()))
                .orElseGet(() -> refused("User inactive or deleted.", "user_inactive"));
    }

    private static AuthResult refused(String detail, String reason) {
        return AuthResult.rejected(Denial.authenticationFailed(detail, reason));
    }
}
