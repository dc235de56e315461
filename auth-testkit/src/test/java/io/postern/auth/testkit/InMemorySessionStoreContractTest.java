package io.postern.auth.testkit;

import io.postern.InMemoryStores;
import io.postern.auth.session.SessionStore;

class InMemorySessionStoreContractTest implements SessionStoreContract {

    private final SessionStore store = new InMemoryStores().sessions();

    @Override
    public SessionStore sessionStore() {
        return store;
    }
}
