package io.postern.samples;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.User;
import io.postern.auth.token.TokenValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

// sample: api-key
/** Authenticates by {@code X-Api-Key}; holds digests of the keys, not the keys. */
record ApiKeyAuthenticator(Map<String, User> usersByDigest) implements Authenticator {

    @Override
    public AuthResult authenticate(AuthRequest request) {
        List<String> keys = request.headers("X-Api-Key");
        if (keys.isEmpty()) {
            return AuthResult.notAttempted();
        }
        if (keys.size() > 1) {
            return invalid("api_key_repeated");
        }
        User user = usersByDigest.get(TokenValue.of(keys.get(0)).digest());
        if (user == null || !user.isActive()) {
            return invalid("api_key_unknown");
        }
        return AuthResult.authenticated(user);
    }

    @Override
    public Optional<Challenge> challenge(AuthRequest request) {
        return Optional.of(Challenge.of("ApiKey"));
    }

    @Override
    public List<String> credentialHeaders() {
        return List.of("X-Api-Key");
    }

    @Override
    public String name() {
        return "api-key";
    }

    private static AuthResult invalid(String reason) {
        return AuthResult.rejected(Denial.authenticationFailed("Invalid API key.", reason));
    }
}
// end
