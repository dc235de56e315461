package io.postern.auth.testkit;

import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;

/** A hasher that refuses passwords above 72 bytes, as an adapter of Spring Security's bcrypt does. */
final class ShortPasswordHasherContractTest implements PasswordHasherContract {

    private final PasswordHasher hasher = new AtMost72Bytes(PasswordHasher.pbkdf2(1_000));

    @Override
    public PasswordHasher hasher() {
        return hasher;
    }

    private record AtMost72Bytes(PasswordHasher hasher) implements PasswordHasher {

        @Override
        public String hash(Password password) {
            return hasher.hash(checked(password));
        }

        @Override
        public boolean verify(Password password, String stored) {
            return hasher.verify(checked(password), stored);
        }

        @Override
        public boolean recognises(String stored) {
            return hasher.recognises(stored);
        }

        @Override
        public boolean needsRehash(String stored) {
            return hasher.needsRehash(stored);
        }

        private static Password checked(Password password) {
            if (password.lengthInBytes() > 72) {
                throw new IllegalArgumentException("password cannot be more than 72 bytes");
            }
            return password;
        }
    }
}
