package io.postern;

import io.postern.AuthenticatorFactory.Components;
import io.postern.auth.onetime.OneTimeStore;
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
        deleteData(userId);
    }

    /** Revokes what other servers or stateless tokens honor first, then deletes rows. */
    void deleteData(String userId) {
        JwtService jwt = components.jwtService();
        if (jwt != null) {
            jwt.revokeAll(userId);
        }
        Stores stores = components.stores();
        stores.find(SessionStore.class).ifPresent(sessions -> sessions.removeAll(userId, Optional.empty()));
        if (components.hasTokens()) {
            components.tokens().revokeAll(userId);
        }
        stores.find(OneTimeStore.class).ifPresent(secrets -> secrets.removeAll(userId));
        components.userDeletions().forEach(deletion -> deletion.accept(userId));
    }
}
