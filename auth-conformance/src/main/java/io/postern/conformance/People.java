package io.postern.conformance;

import io.postern.Postern;
import io.postern.auth.User;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import java.time.Instant;
import java.util.Optional;

/** The users of the scenarios, and what the hooks do to them. */
final class People {

    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");
    private static final int BATCH = 1_000;

    /** Few iterations: the scenarios log in a thousand times. */
    static final PasswordHasher HASHER = PasswordHasher.pbkdf2(1_000);

    private final Storage storage;
    private final Postern postern;

    People(Storage storage, Postern postern) {
        this.storage = storage;
        this.postern = postern;
    }

    /** Makes those who are not there; on a second server they are. */
    void ensure() {
        Person.ALL.stream()
                .filter(person ->
                        storage.accounts().store().findById(person.user().id()).isEmpty())
                .forEach(this::add);
    }

    /** Makes the five anew, without logins. */
    void reset() {
        Person.ALL.forEach(person -> deleteSessionsAndTokens(person.user().id()));
        forgetLogins();
        Person.ALL.forEach(this::add);
    }

    /** Changes what is given; a new password ends the user's tokens too. */
    boolean change(String username, UserChange change) {
        Optional<User> user = find(username);
        user.ifPresent(found -> apply(found, change));
        return user.isPresent();
    }

    boolean delete(String username) {
        Optional<User> user = find(username);
        user.ifPresent(found -> deleteSessionsAndTokens(found.id()));
        return user.isPresent();
    }

    /** Tokens of revoked families may be forged again by scenarios. Redis expires its rows by itself. */
    private void forgetLogins() {
        int gone;
        do {
            gone = storage.families().deleteExpired(END_OF_TIME, BATCH);
        } while (gone == BATCH);
    }

    private void deleteSessionsAndTokens(String id) {
        storage.accounts().remove().accept(id);
        postern.tokens().revokeAll(id);
        storage.families().revokeAll(id, Optional.empty());
        storage.sessions().ifPresent(sessions -> sessions.removeAll(id, Optional.empty()));
    }

    private void apply(User user, UserChange change) {
        UserRecord.Builder changed = UserRecord.from(user);
        change.isActive().ifPresent(changed::active);
        change.isStaff().ifPresent(changed::staff);
        storage.accounts().update().accept(changed.build());
        change.password().ifPresent(password -> {
            storage.accounts().setPasswordHash().accept(user.id(), HASHER.hash(Password.of(password)));
            postern.tokens().revokeAll(user.id());
        });
    }

    private Optional<User> find(String username) {
        return storage.accounts().store().findByUsername(username).map(StoredUser::user);
    }

    /** The container's sessions cannot be listed, so another hash has to end them. */
    private void add(Person person) {
        String hash = storage.sessions().isPresent() ? person.hash() : HASHER.hash(Password.of(person.password()));
        storage.accounts().add().accept(person.user(), hash);
        person.key()
                .filter(key -> postern.tokens().find(key).isEmpty())
                .ifPresent(key -> postern.tokens().importExisting(person.user().id(), "", TokenValue.of(key)));
    }

    /** What a hook asks to change. */
    record UserChange(Optional<Boolean> isActive, Optional<Boolean> isStaff, Optional<String> password) {}
}
