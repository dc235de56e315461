package io.postern.auth.testkit;

import io.postern.auth.revocation.InMemoryRevocationStore;
import io.postern.auth.revocation.RevocationStore;

class InMemoryRevocationStoreContractTest implements RevocationStoreContract {

    @Override
    public RevocationStore emptyStore() {
        return new InMemoryRevocationStore();
    }
}
