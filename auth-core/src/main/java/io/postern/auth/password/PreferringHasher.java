package io.postern.auth.password;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Hashes with the first, verifies with the first that recognises. */
final class PreferringHasher implements PasswordHasher {

    private final PasswordHasher preferred;
    private final List<PasswordHasher> all;

    PreferringHasher(PasswordHasher preferred, List<PasswordHasher> older) {
        this.preferred = Objects.requireNonNull(preferred, "first");
        List<PasswordHasher> hashers = new ArrayList<>(older);
        hashers.add(0, preferred);
        this.all = List.copyOf(hashers);
    }

    @Override
    public String hash(Password password) {
        return preferred.hash(password);
    }

    @Override
    public boolean verify(Password password, String stored) {
        return readerOf(stored).map(hasher -> hasher.verify(password, stored)).orElse(false);
    }

    @Override
    public boolean recognises(String stored) {
        return readerOf(stored).isPresent();
    }

    @Override
    public boolean needsRehash(String stored) {
        return !preferred.recognises(stored) || preferred.needsRehash(stored);
    }

    /** Kinds differ in cost, so the only equal sum is one of each kind, each at the dearest that it has verified. */
    @Override
    public void topUp(Password password, String stored) {
        Optional<PasswordHasher> reader = readerOf(stored);
        for (PasswordHasher hasher : all) {
            if (reader.isPresent() && reader.get() == hasher) {
                hasher.topUp(password, stored);
            } else {
                hasher.topUp(password, hasher.hash(password));
            }
        }
    }

    private Optional<PasswordHasher> readerOf(String stored) {
        return all.stream().filter(hasher -> hasher.recognises(stored)).findFirst();
    }
}
