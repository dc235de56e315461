package io.postern.auth.password;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hashes with the preferred hasher and verifies with the first that recognises the stored hash. */
final class PreferringHasher implements PasswordHasher {

    private static final Logger LOG = LoggerFactory.getLogger(PreferringHasher.class);

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
        return hasherOf(stored).map(hasher -> hasher.verify(password, stored)).orElse(false);
    }

    @Override
    public boolean recognises(String stored) {
        return hasherOf(stored).isPresent();
    }

    @Override
    public boolean needsRehash(String stored) {
        return !preferred.recognises(stored) || preferred.needsRehash(stored);
    }

    /**
     * Algorithms differ in cost, so only one hash of each gives an equal sum, each at the cost of its most expensive hash so
     * far. One that cannot process the password, such as bcrypt beyond 72 bytes, does so for no user.
     */
    @Override
    public void topUp(Password password, String stored) {
        Optional<PasswordHasher> matching = hasherOf(stored);
        for (PasswordHasher hasher : all) {
            boolean isMatching = matching.isPresent() && matching.get() == hasher;
            try {
                hasher.topUp(password, isMatching ? stored : hasher.hash(password));
            } catch (IllegalArgumentException e) {
                LOG.debug("{} cannot process a password", hasher.getClass(), e);
            }
        }
    }

    private Optional<PasswordHasher> hasherOf(String stored) {
        return all.stream().filter(hasher -> hasher.recognises(stored)).findFirst();
    }
}
