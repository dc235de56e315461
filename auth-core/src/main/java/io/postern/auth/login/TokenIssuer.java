package io.postern.auth.login;

import io.postern.auth.AuthResponse;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.util.Map;
import java.util.Optional;

/** Issues an opaque token (drf-contract AT-3 to AT-7). */
record TokenIssuer(ApiTokens tokens, UserStore users) implements CredentialIssuer {

    @Override
    public String name() {
        return "token";
    }

    @Override
    public AuthResponse issue(LoginAttempt attempt, StoredUser user) {
        String userId = user.user().id();
        ApiTokens.Issued issued = tokens.getOrIssue(userId);
        if (!isCurrent(user)) {
            tokens.revoke(userId, issued.record().id());
        }
        return AuthResponse.json(200, Map.of("token", issued.value().reveal()));
    }

    /** A password change that revoked all tokens in the meantime could not revoke this one. */
    private boolean isCurrent(StoredUser user) {
        Optional<StoredUser> stored = users.findById(user.user().id());
        return stored.isPresent() && stored.get().securityStamp().equals(user.securityStamp());
    }
}
