package io.postern.samples;

import io.postern.auth.testkit.UserStoreContract;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;

// sample: contract
class MyUserStoreTest implements UserStoreContract {

    @Override
    public UserStore storeWith(StoredUser... users) {
        InMemoryUserStore store = new InMemoryUserStore();
        for (StoredUser stored : users) {
            store.add(stored.user(), stored.passwordHash());
        }
        return store;
    }
}
// end
