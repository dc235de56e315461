package io.postern.auth.token;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.internal.Ascii;
import io.postern.auth.internal.AuthorizationHeader;
import io.postern.auth.internal.Latin1;
import io.postern.auth.internal.Utf8;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an opaque token, as in {@code Authorization: Token 9944b0…} or as an API key from a header of its own; the
 * credential is the {@link StoredToken}.
 *
 * <p>Immutable and safe for use by several threads. Mirrors DRF's {@code TokenAuthentication} (drf-contract TA-1 to
 * TA-9).
 */
public final class TokenAuthenticator implements Authenticator {

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** As much as the {@code Authorization} header may have by default. */
    private static final int MAX_KEY = 8_192;

    // Created once: such requests are what an attacker sends most.
    private static final AuthResult NO_TOKEN =
            refused("Invalid token header. No credentials provided.", "token_malformed");
    private static final AuthResult SEVERAL =
            refused("Invalid token header. Token string should not contain spaces.", "token_malformed");
    private static final AuthResult NOT_UTF_8 =
            refused("Invalid token header. Token string should not contain invalid characters.", "token_malformed");
    private static final AuthResult MALFORMED = refused("Invalid token.", "token_malformed");
    private static final AuthResult UNKNOWN = refused("Invalid token.", "token_unknown");
    private static final AuthResult INACTIVE = refused("User inactive or deleted.", "user_inactive");

    private final ApiTokens tokens;
    private final UserStore users;
    private final Challenge challenge;
    private final Optional<Challenge> offered;
    private final @Nullable String keyHeader;

    /**
     * Creates an authenticator that reads the {@code Authorization} header.
     *
     * @param keyword the scheme, compared without case; DRF's is {@code Token}
     */
    public TokenAuthenticator(ApiTokens tokens, UserStore users, String keyword) {
        this(tokens, users, Challenge.of(keyword), null);
    }

    private TokenAuthenticator(ApiTokens tokens, UserStore users, Challenge challenge, @Nullable String keyHeader) {
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.users = Objects.requireNonNull(users, "users");
        this.challenge = challenge;
        this.offered = Optional.of(challenge);
        this.keyHeader = keyHeader;
    }

    /**
     * Returns an authenticator that reads the token from a header of its own, as an API key. Its challenge has the scheme
     * {@code ApiKey}.
     *
     * @param header for instance {@code X-Api-Key}
     * @throws IllegalArgumentException if this is not the name of a header, or one that carries other credentials
     */
    public static TokenAuthenticator ofHeader(ApiTokens tokens, UserStore users, String header) {
        if (!HEADER_NAME.matcher(header).matches()
                || List.of("authorization", "cookie").contains(header.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "an API key cannot be read from the header \"" + header + "\": choose a name such as X-Api-Key");
        }
        return new TokenAuthenticator(tokens, users, Challenge.of("ApiKey"), header);
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        if (keyHeader != null) {
            return authenticateKey(request.headers(keyHeader));
        }
        Optional<String> value = request.header("Authorization");
        if (value.isEmpty()) {
            return AuthResult.notAttempted();
        }
        Optional<AuthorizationHeader> header = AuthorizationHeader.of(value.get());
        return header.isPresent() && header.get().hasScheme(challenge.scheme(), true)
                ? authenticate(header.get().parameters())
                : AuthResult.notAttempted();
    }

    @Override
    public Optional<Challenge> challenge(AuthRequest request) {
        return offered;
    }

    @Override
    public List<String> credentialHeaders() {
        return keyHeader == null ? Authenticator.super.credentialHeaders() : List.of(keyHeader);
    }

    @Override
    public String name() {
        return keyHeader == null ? "token" : "api-key";
    }

    /** A repeated header is refused, because two readers could take different values for the key; so is a long one. */
    private AuthResult authenticateKey(List<String> values) {
        if (values.isEmpty()) {
            return AuthResult.notAttempted();
        }
        return values.size() == 1 && values.get(0).length() <= MAX_KEY
                ? lookUp(values.get(0).strip())
                : MALFORMED;
    }

    private AuthResult authenticate(List<String> parameters) {
        if (parameters.isEmpty()) {
            return NO_TOKEN;
        }
        if (parameters.size() > 1) {
            return SEVERAL;
        }
        String token = parameters.get(0);
        if (Ascii.isPrintable(token)) {
            return lookUp(token);
        }
        Optional<String> decoded = Utf8.decode(Latin1.bytes(token));
        return decoded.isPresent() ? lookUp(decoded.get()) : NOT_UTF_8;
    }

    private AuthResult lookUp(String value) {
        Optional<UserStore.WithUser<StoredToken>> token = tokens.findWithUser(value, users);
        if (token.isEmpty()) {
            return UNKNOWN;
        }
        Optional<StoredUser> owner = token.get().owner();
        return owner.isPresent() && owner.get().user().isActive()
                ? AuthResult.authenticated(owner.get().user(), token.get().found())
                : INACTIVE;
    }

    private static AuthResult refused(String detail, String reason) {
        return AuthResult.rejected(Denial.authenticationFailed(detail, reason));
    }
}
