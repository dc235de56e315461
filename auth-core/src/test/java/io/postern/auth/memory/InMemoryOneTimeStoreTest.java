package io.postern.auth.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.onetime.OneTimeStore;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryOneTimeStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void a_full_store_removes_the_secret_that_expires_first() {
        OneTimeStore store = new InMemoryOneTimeStore(2);
        OneTimeSecret soon = expiring("soon", 10);
        OneTimeSecret late = expiring("late", 30);
        OneTimeSecret middle = expiring("middle", 20);
        store.add(late, NOW);
        store.add(soon, NOW);
        store.add(middle, NOW);

        assertThat(store.find(soon.digest(), "login", NOW)).isEmpty();
        assertThat(store.find(middle.digest(), "login", NOW)).contains(middle);
        assertThat(store.find(late.digest(), "login", NOW)).contains(late);
    }

    @Test
    void a_bound_that_leaves_no_room_is_rejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InMemoryOneTimeStore(0))
                .withMessage("maxSecrets must be at least 1, not 0");
    }

    private static OneTimeSecret expiring(String value, int seconds) {
        return new OneTimeSecret(OneTimeSecret.digestOf(value), "login", null, "", "", NOW.plusSeconds(seconds), 1);
    }
}
