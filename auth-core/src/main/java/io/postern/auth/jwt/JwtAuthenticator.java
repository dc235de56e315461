package io.postern.auth.jwt;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.User;
import io.postern.auth.internal.AuthorizationHeader;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a signed token, as in {@code Authorization: Bearer eyJ…}; the credential is the {@link VerifiedJwt}.
 *
 * <p>Immutable and safe for use by several threads. Mirrors simplejwt's {@code JWTAuthentication} and {@code
 * JWTStatelessUserAuthentication} (drf-contract SJA-1 to SJA-15).
 */
public final class JwtAuthenticator implements Authenticator {

    private final JwtVerifier verifier;
    private final JwtSettings settings;
    private final Optional<UserStore> users;
    private final Challenge challenge;

    private JwtAuthenticator(JwtSettings settings, Optional<UserStore> users, Clock clock) {
        this.verifier = new JwtVerifier(settings, clock);
        this.settings = settings;
        this.users = users;
        this.challenge = Challenge.of(settings.names().schemes().get(0)).with("realm", settings.realm());
    }

    /**
     * Returns an authenticator that looks each token's user up, so that deactivated and deleted users are refused.
     *
     * @param settings what is asked of tokens
     * @param users who exists
     * @param clock says whether tokens have expired
     * @return the authenticator
     */
    public static JwtAuthenticator of(JwtSettings settings, UserStore users, Clock clock) {
        return new JwtAuthenticator(settings, Optional.of(Objects.requireNonNull(users, "users")), clock);
    }

    /**
     * Returns an authenticator that believes the token alone and asks no store; the user is a {@link TokenUser}.
     *
     * @param settings what is asked of tokens
     * @param clock says whether tokens have expired
     * @return the authenticator
     */
    public static JwtAuthenticator stateless(JwtSettings settings, Clock clock) {
        return new JwtAuthenticator(settings, Optional.empty(), clock);
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        return request.header(settings.names().header())
                .flatMap(AuthorizationHeader::of)
                .filter(this::isOurs)
                .map(header -> authenticate(header.parameters()))
                .orElseGet(AuthResult::notAttempted);
    }

    @Override
    public Optional<Challenge> challenge(AuthRequest request) {
        return Optional.of(challenge);
    }

    @Override
    public String name() {
        return "jwt";
    }

    private boolean isOurs(AuthorizationHeader header) {
        boolean ignoreCase = settings.strictness().schemeIgnoresCase();
        return settings.names().schemes().stream().anyMatch(scheme -> header.hasScheme(scheme, ignoreCase));
    }

    private AuthResult authenticate(List<String> parameters) {
        if (parameters.size() != 1) {
            return refused(
                    "Authorization header must contain two space-delimited values",
                    "bad_authorization_header",
                    "jwt_malformed_header");
        }
        List<Object> messages = new ArrayList<>();
        String reason = "jwt_malformed";
        for (TokenKind kind : settings.accepted()) {
            JwtCheck check = verifier.verify(parameters.get(0), kind);
            if (check instanceof JwtCheck.Verified verified) {
                return userOf(verified.jwt());
            }
            JwtCheck.Invalid invalid = (JwtCheck.Invalid) check;
            messages.add(message(kind, invalid));
            reason = invalid.reason();
        }
        Denial denial = denial("Given token not valid for any token type", "token_not_valid", reason);
        return AuthResult.rejected(denial.with("messages", messages));
    }

    private static Map<String, Object> message(TokenKind kind, JwtCheck.Invalid invalid) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("token_class", kind.className());
        message.put("token_type", kind.claim());
        message.put("message", invalid.message());
        return message;
    }

    private AuthResult userOf(VerifiedJwt jwt) {
        String claim = settings.names().user();
        if (!jwt.has(claim)) {
            return refused(
                    "Token contained no recognizable user identification", "token_not_valid", "jwt_no_user_claim");
        }
        return users.map(store -> lookUp(store, jwt, claim))
                .orElseGet(() -> AuthResult.authenticated(new TokenUser(jwt, claim), jwt));
    }

    private AuthResult lookUp(UserStore store, VerifiedJwt jwt, String claim) {
        Optional<User> user = jwt.claim(claim)
                .filter(value -> value instanceof String || value instanceof Long)
                .map(String::valueOf)
                .flatMap(name -> find(store, name))
                .map(StoredUser::user);
        if (user.isEmpty()) {
            return refused("User not found", "user_not_found", "user_unknown");
        }
        return settings.checkActive() && !user.get().isActive()
                ? refused("User is inactive", "user_inactive", "user_inactive")
                : AuthResult.authenticated(user.get(), jwt);
    }

    private Optional<StoredUser> find(UserStore store, String name) {
        return settings.userField() == JwtSettings.UserField.ID ? store.findById(name) : store.findByUsername(name);
    }

    private AuthResult refused(String detail, String code, String reason) {
        return AuthResult.rejected(denial(detail, code, reason));
    }

    /** simplejwt alone puts the code on the wire; the sharper challenge is shown where all challenges are. */
    private Denial denial(String detail, String code, String reason) {
        return Denial.of(401, detail, code)
                .because(reason)
                .with("code", code)
                .challenges(List.of(challenge.with("error", "invalid_token")));
    }
}
