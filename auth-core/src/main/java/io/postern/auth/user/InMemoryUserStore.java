package io.postern.auth.user;

import io.postern.auth.User;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * Stores users in the memory of this process, for tests, examples and services with a few fixed accounts.
 *
 * <pre>{@code
 * InMemoryUserStore users = new InMemoryUserStore();
 * users.add(UserRecord.of("1", "ann"), hasher.hash(Password.of("correct horse battery")));
 * }</pre>
 *
 * Safe for use by several threads.
 */
public final class InMemoryUserStore implements UserStore {

    private final Map<String, StoredUser> byId = new ConcurrentHashMap<>();
    private final Map<String, String> idByUsername = new ConcurrentHashMap<>();

    /** Creates an empty store. */
    public InMemoryUserStore() {}

    /**
     * Adds a user.
     *
     * @param passwordHash the hash of the password; empty if the user cannot log in by password
     * @throws IllegalArgumentException if the id or the username is taken
     */
    public void add(User user, String passwordHash) {
        StoredUser added = new StoredUser(user, passwordHash);
        claim(user.username(), user.id());
        if (byId.putIfAbsent(user.id(), added) != null) {
            idByUsername.remove(user.username(), user.id());
            throw new IllegalArgumentException("a user with id " + user.id() + " exists: use update");
        }
    }

    /**
     * Replaces the user of the same id; the hash stays.
     *
     * @throws IllegalArgumentException if no user has that id, or another one has the username
     */
    public void update(User user) {
        change(user.id(), old -> {
            String before = old.user().username();
            if (!before.equals(user.username())) {
                claim(user.username(), user.id());
                idByUsername.remove(before, user.id());
            }
            return new StoredUser(user, old.passwordHash(), old.securityStamp());
        });
    }

    /**
     * Sets the hash of a user's password, whatever it was before.
     *
     * @param hash the hash; empty if the user cannot log in by password
     * @throws IllegalArgumentException if no user has that id
     */
    public void setPasswordHash(String id, String hash) {
        change(id, old -> new StoredUser(old.user(), hash));
    }

    @Override
    public void remove(String id) {
        byId.computeIfPresent(id, (key, old) -> {
            idByUsername.remove(old.user().username(), id);
            return null;
        });
    }

    @Override
    public Optional<StoredUser> findByUsername(String username) {
        return Optional.ofNullable(idByUsername.get(username))
                .flatMap(this::findById)
                // A rename or a rejected addition may be in progress.
                .filter(found -> found.user().username().equals(username));
    }

    @Override
    public Optional<StoredUser> findById(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public boolean replacePasswordHash(String userId, String expected, String replacement) {
        AtomicBoolean replaced = new AtomicBoolean();
        byId.computeIfPresent(userId, (key, now) -> {
            boolean same = now.passwordHash().equals(expected);
            replaced.set(same);
            return same ? now.withPasswordHash(replacement) : now;
        });
        return replaced.get();
    }

    private void claim(String username, String id) {
        if (idByUsername.putIfAbsent(username, id) != null) {
            throw new IllegalArgumentException("the username of user " + id + " is taken: choose another");
        }
    }

    private void change(String id, UnaryOperator<StoredUser> step) {
        if (byId.computeIfPresent(id, (key, old) -> step.apply(old)) == null) {
            throw new IllegalArgumentException("no user has the id " + id + ": use add");
        }
    }
}
