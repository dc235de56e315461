package io.postern.auth.testkit;

import io.postern.auth.throttle.CounterStore;
import io.postern.auth.throttle.InMemoryCounterStore;

class InMemoryCounterStoreTest implements CounterStoreContract {

    private final CounterStore store = new InMemoryCounterStore();

    @Override
    public CounterStore counterStore() {
        return store;
    }
}
