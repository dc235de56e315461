package io.postern.auth.testkit;

import io.postern.InMemoryStores;
import io.postern.auth.throttle.CounterStore;

class InMemoryCounterStoreTest implements CounterStoreContract {

    private final CounterStore store = new InMemoryStores().counters();

    @Override
    public CounterStore counterStore() {
        return store;
    }
}
