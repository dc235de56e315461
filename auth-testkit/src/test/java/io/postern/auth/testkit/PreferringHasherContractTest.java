package io.postern.auth.testkit;

import io.postern.auth.password.PasswordHasher;

class PreferringHasherContractTest implements PasswordHasherContract {

    @Override
    public PasswordHasher hasher() {
        return PasswordHasher.preferring(PasswordHasher.argon2id(64, 1, 1), PasswordHasher.pbkdf2(1_000));
    }
}
