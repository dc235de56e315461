package io.postern.auth.testkit;

import io.postern.auth.onetime.InMemoryOneTimeStore;
import io.postern.auth.onetime.OneTimeStore;

class InMemoryOneTimeStoreContractTest implements OneTimeStoreContract {

    private final OneTimeStore store = new InMemoryOneTimeStore();

    @Override
    public OneTimeStore oneTimeStore() {
        return store;
    }
}
