package io.postern.auth.testkit;

import io.postern.auth.password.PasswordHasher;
import io.postern.auth.password.PasswordHashers;

class PreferringHasherContractTest implements PasswordHasherContract {

    @Override
    public PasswordHasher hasher() {
        return PasswordHashers.preferring(PasswordHashers.argon2id(64, 1, 1), PasswordHashers.pbkdf2(1_000));
    }
}
