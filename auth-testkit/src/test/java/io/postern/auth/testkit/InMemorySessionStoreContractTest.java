package io.postern.auth.testkit;

import io.postern.auth.session.InMemorySessionStore;
import io.postern.auth.session.SessionStore;

class InMemorySessionStoreContractTest implements SessionStoreContract {

    private final SessionStore store = new InMemorySessionStore();

    @Override
    public SessionStore sessionStore() {
        return store;
    }
}
