package io.postern.samples;

import io.postern.auth.testkit.TokenStoreContract;
import io.postern.auth.token.TokenStore;

// sample: store-contract
class MyTokenStoreTest implements TokenStoreContract {

    private final MyTokenStore store = new MyTokenStore();

    @Override
    public TokenStore tokenStore() {
        return store;
    }
}
// end
