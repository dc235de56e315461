package io.postern;

import io.postern.AuthenticatorFactory.Components;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.session.SessionStore;
import java.util.Optional;

/** Deletes a user, and before that what each feature stores about the user. */
final class UserDeletion {

    private final Components components;

    UserDeletion(Components components) {
        this.components = components;
    }

    /**
     * Deletes the user last, so that after a failure the deletion can be repeated. A login that was being verified meanwhile
     * may have added a row, so the features delete once more.
     */
    void delete(String userId) {
        deleteData(userId);
        components.users().remove(userId);
        deleteRows(userId);
    }

    /**
     * Revokes stateless tokens first, while the user's row still has the name in them, then what other servers honor, then
     * deletes rows.
     */
    void deleteData(String userId) {
        JwtService jwt = components.jwtService();
        if (jwt != null) {
            jwt.revokeUser(userId);
        }
        deleteRows(userId);
    }

    private void deleteRows(String userId) {
        revokeFamilies(userId);
        Stores stores = components.stores();
        stores.find(SessionStore.class).ifPresent(sessions -> sessions.removeAll(userId, Optional.empty()));
        if (components.hasTokens()) {
            components.tokens().revokeAll(userId);
        }
        stores.find(OneTimeStore.class).ifPresent(secrets -> secrets.removeAll(userId));
        components.userDeletions().forEach(deletion -> deletion.accept(userId));
    }

    /** The store's families end even if no tokens are issued here: another server may refresh them. */
    private void revokeFamilies(String userId) {
        JwtService jwt = components.jwtService();
        if (jwt == null || !jwt.revokeFamilies(userId)) {
            components
                    .stores()
                    .find(RefreshTokenStore.class)
                    .filter(TokenFamilyStore.class::isInstance)
                    .map(TokenFamilyStore.class::cast)
                    .ifPresent(families -> families.revokeAll(userId, Optional.empty()));
        }
    }
}
