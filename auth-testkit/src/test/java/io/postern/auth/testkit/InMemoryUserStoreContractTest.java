package io.postern.auth.testkit;

import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;

class InMemoryUserStoreContractTest implements UserStoreContract {

    @Override
    public UserStore storeWith(StoredUser... users) {
        InMemoryUserStore store = new InMemoryUserStore();
        for (StoredUser stored : users) {
            store.add(stored.user(), stored.passwordHash());
        }
        return store;
    }
}
