package io.postern;

import io.postern.auth.onetime.InMemoryOneTimeStore;
import io.postern.auth.refresh.InMemoryRefreshTokenStore;
import io.postern.auth.revocation.InMemoryRevocationStore;
import io.postern.auth.session.InMemorySessionStore;
import io.postern.auth.throttle.InMemoryCounterStore;
import io.postern.auth.token.InMemoryTokenStore;
import io.postern.auth.user.InMemoryUserStore;
import java.util.Optional;

/**
 * All stores in the memory of this process, for a first try, for tests, and for a single server whose logins may end with
 * a restart.
 *
 * <pre>{@code
 * InMemoryStores stores = new InMemoryStores();
 * stores.users().add(UserRecord.of("1", "ann"), hasher.hash(Password.of("correct horse battery")));
 * Postern postern = Postern.builder().stores(stores)…
 * }</pre>
 *
 * Safe for use by several threads.
 */
public final class InMemoryStores implements Stores {

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final Stores all = Stores.of(
            users,
            new InMemoryTokenStore(),
            new InMemorySessionStore(),
            new InMemoryRefreshTokenStore(),
            new InMemoryRevocationStore(),
            new InMemoryCounterStore(),
            new InMemoryOneTimeStore());

    /** Creates empty stores. */
    public InMemoryStores() {}

    /** Returns the users, to add some. */
    public InMemoryUserStore users() {
        return users;
    }

    @Override
    public <S> Optional<S> find(Class<S> type) {
        return all.find(type);
    }
}
