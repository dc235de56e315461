package io.postern.auth.testkit;

import io.postern.InMemoryStores;
import io.postern.auth.onetime.OneTimeStore;

class InMemoryOneTimeStoreContractTest implements OneTimeStoreContract {

    private final OneTimeStore store = new InMemoryStores().oneTimeSecrets();

    @Override
    public OneTimeStore oneTimeStore() {
        return store;
    }
}
