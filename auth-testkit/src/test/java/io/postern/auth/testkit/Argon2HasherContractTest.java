package io.postern.auth.testkit;

import io.postern.auth.password.PasswordHasher;

class Argon2HasherContractTest implements PasswordHasherContract {

    @Override
    public PasswordHasher hasher() {
        return PasswordHasher.argon2id(64, 1, 1);
    }
}
