package io.postern.benchmarks.contender;

import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Verifies with the code of the other contenders. */
record EncoderHasher(PasswordEncoder encoder) implements PasswordHasher {

    @Override
    public String hash(Password password) {
        return encoder.encode(password.reveal());
    }

    @Override
    public boolean verify(Password password, String stored) {
        return encoder.matches(password.reveal(), stored);
    }

    @Override
    public boolean recognises(String stored) {
        return true;
    }

    @Override
    public boolean needsRehash(String stored) {
        return false;
    }
}
