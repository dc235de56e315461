package io.postern.auth.testkit;

import io.postern.auth.token.InMemoryTokenStore;
import io.postern.auth.token.TokenStore;

class InMemoryTokenStoreContractTest implements TokenStoreContract {

    private final TokenStore store = new InMemoryTokenStore();

    @Override
    public TokenStore tokenStore() {
        return store;
    }
}
