package io.postern.auth.testkit;

import io.postern.auth.refresh.InMemoryRefreshTokenStore;
import io.postern.auth.refresh.RefreshTokenStore;

class InMemoryRefreshTokenStoreContractTest implements RefreshTokenStoreContract, RefreshTokenPurgeContract {

    @Override
    public RefreshTokenStore emptyStore() {
        return new InMemoryRefreshTokenStore();
    }
}
