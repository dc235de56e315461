package io.postern.samples;

import io.postern.auth.testkit.CounterStoreContract;
import io.postern.auth.throttle.CounterStore;

// sample: counter-store-contract
class MapCounterStoreTest implements CounterStoreContract {

    @Override
    public CounterStore counterStore() {
        return new MapCounterStore();
    }
}
// end
