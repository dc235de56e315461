package io.postern.auth.testkit;

import io.postern.InMemoryStores;
import io.postern.auth.revocation.RevocationStore;

class InMemoryRevocationStoreContractTest implements RevocationStoreContract {

    @Override
    public RevocationStore emptyStore() {
        return new InMemoryStores().revocations();
    }
}
