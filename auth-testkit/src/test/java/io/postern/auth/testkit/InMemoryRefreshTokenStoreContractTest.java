package io.postern.auth.testkit;

import io.postern.InMemoryStores;
import io.postern.auth.refresh.TokenFamilyStore;

class InMemoryRefreshTokenStoreContractTest implements TokenFamilyStoreContract {

    @Override
    public TokenFamilyStore emptyStore() {
        return new InMemoryStores().refreshTokens();
    }
}
