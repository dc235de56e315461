package io.postern.conformance;

import io.postern.auth.User;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.password.PasswordHashers;
import io.postern.auth.token.TokenText;
import io.postern.auth.token.Tokens;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import java.util.List;
import java.util.Optional;

/** The users of the scenarios, and what the hooks do to them. */
final class People {

    /** Few iterations: the scenarios log in a thousand times. */
    static final PasswordHasher HASHER = PasswordHashers.pbkdf2(1_000);

    private static final List<String> IDS = List.of("1", "2", "3", "4", "5");

    private final InMemoryUserStore store;
    private final Tokens tokens;

    People(InMemoryUserStore store, Tokens tokens) {
        this.store = store;
        this.tokens = tokens;
    }

    /** Makes the five anew; with their new hashes, sessions of before are dead. */
    void reset() {
        IDS.forEach(this::forget);
        add(UserRecord.builder("1", "alice").permissions("notes.view_note"), "alice-pass-123", "a11ce");
        add(UserRecord.builder("2", "admin").staff(true).superuser(true), "admin-pass-123", "ad314");
        add(UserRecord.builder("3", "inactive").active(false), "inactive-pass-123", "1ac7e");
        add(UserRecord.builder("4", "ünï"), "pässwörd-123", "0d1e5");
        store.add(
                UserRecord.builder("5", "colon")
                        .permissions("notes.view_note", "notes.add_note", "notes.change_note")
                        .build(),
                HASHER.hash(Password.of("pa:ss:word")));
    }

    /** Changes what is given; a new password ends the user's tokens too. */
    boolean change(String username, UserChange change) {
        Optional<User> user = find(username);
        user.ifPresent(found -> apply(found, change));
        return user.isPresent();
    }

    boolean delete(String username) {
        Optional<User> user = find(username);
        user.ifPresent(found -> forget(found.id()));
        return user.isPresent();
    }

    private void forget(String id) {
        store.remove(id);
        tokens.revokeAll(id);
    }

    private void apply(User user, UserChange change) {
        UserRecord.Builder changed = UserRecord.from(user);
        change.isActive().ifPresent(changed::active);
        change.isStaff().ifPresent(changed::staff);
        store.update(changed.build());
        change.password().ifPresent(password -> {
            store.setPasswordHash(user.id(), HASHER.hash(Password.of(password)));
            tokens.revokeAll(user.id());
        });
    }

    private Optional<User> find(String username) {
        return store.findByUsername(username).map(StoredUser::user);
    }

    private void add(UserRecord.Builder user, String password, String keyPart) {
        User built = user.build();
        store.add(built, HASHER.hash(Password.of(password)));
        tokens.adopt(built.id(), "", TokenText.of(keyPart.repeat(8)));
    }

    /** What a hook asks to change. */
    record UserChange(Optional<Boolean> isActive, Optional<Boolean> isStaff, Optional<String> password) {}
}
