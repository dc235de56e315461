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
/** Reads {@code X-Api-Key}; knows no key, only the digests of keys. */
record ApiKeyAuthenticator(Map<String, User> usersByDigest) implements Authenticator {

    @Override
    public AuthResult authenticate(AuthRequest request) {
        List<String> keys = request.headers("X-Api-Key");
        return keys.isEmpty() ? AuthResult.notAttempted() : lookUp(keys);
    }

    private AuthResult lookUp(List<String> keys) {
        return Optional.of(keys.get(0))
                .filter(key -> keys.size() == 1) // of two, which one counts?
                .map(key -> usersByDigest.get(TokenValue.of(key).digest()))
                .filter(User::isActive)
                .map(AuthResult::authenticated)
                .orElseGet(
                        () -> AuthResult.rejected(Denial.authenticationFailed("Invalid API key.", "api_key_unknown")));
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
}
// end
