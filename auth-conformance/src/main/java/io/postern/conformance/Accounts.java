package io.postern.conformance;

import io.postern.auth.User;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserStore;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Users that the hooks can change, in whichever store.
 *
 * @param store finds them
 * @param add adds one with a hash
 * @param update puts one in the place of another with the same id
 * @param setPasswordHash sets the hash of an id
 * @param remove removes an id
 */
record Accounts(
        UserStore store,
        BiConsumer<User, String> add,
        Consumer<User> update,
        BiConsumer<String, String> setPasswordHash,
        Consumer<String> remove) {

    static Accounts in(InMemoryUserStore users) {
        return new Accounts(users, users::add, users::update, users::setPasswordHash, users::remove);
    }
}
