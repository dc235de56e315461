package io.postern.auth.testkit;

import io.postern.auth.password.PasswordHasher;

class Pbkdf2HasherContractTest implements PasswordHasherContract {

    @Override
    public PasswordHasher hasher() {
        return PasswordHasher.pbkdf2(1_000);
    }
}
