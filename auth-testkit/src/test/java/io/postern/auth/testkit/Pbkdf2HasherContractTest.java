package io.postern.auth.testkit;

import io.postern.auth.password.PasswordHasher;
import io.postern.auth.password.PasswordHashers;

class Pbkdf2HasherContractTest implements PasswordHasherContract {

    @Override
    public PasswordHasher hasher() {
        return PasswordHashers.pbkdf2(1_000);
    }
}
