package io.postern.auth.testkit;

import io.postern.auth.password.PasswordHasher;
import io.postern.auth.password.PasswordHashers;

class Argon2HasherContractTest implements PasswordHasherContract {

    @Override
    public PasswordHasher hasher() {
        return PasswordHashers.argon2id(64, 1, 1);
    }
}
