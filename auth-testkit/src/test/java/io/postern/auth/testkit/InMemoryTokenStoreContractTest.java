package io.postern.auth.testkit;

import io.postern.InMemoryStores;
import io.postern.auth.token.TokenStore;

class InMemoryTokenStoreContractTest implements TokenStoreContract {

    private final TokenStore store = new InMemoryStores().tokens();

    @Override
    public TokenStore tokenStore() {
        return store;
    }
}
