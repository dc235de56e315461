package io.postern.auth.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.StoreException;
import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.user.Device;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemorySessionStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final InMemorySessionStore store = new InMemorySessionStore(2);

    @Test
    void a_full_store_adds_nothing() {
        assertThat(add("a", NOW.plusSeconds(60))).isTrue();
        assertThat(add("b", NOW.plusSeconds(60))).isTrue();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> add("c", NOW.plusSeconds(60)))
                .withMessageContaining("use a database");
        assertThat(store.find(SessionStore.Key.of("c"))).isEmpty();
        assertThat(store.find(SessionStore.Key.of("a"))).isPresent();
    }

    @Test
    void a_full_store_deletes_expired_sessions_first() {
        add("a", NOW);
        add("b", NOW.plusSeconds(1));

        assertThat(add("c", NOW.plusSeconds(60))).isTrue();
        assertThat(store.find(SessionStore.Key.of("a"))).isEmpty();
        assertThat(store.find(SessionStore.Key.of("b"))).isPresent();
    }

    @Test
    void a_bound_that_leaves_no_room_is_rejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> new InMemorySessionStore(0));
    }

    private boolean add(String key, Instant expires) {
        return store.add(
                SessionStore.Key.of(key),
                new StoredSession("id-" + key, "1", "stamp", Device.unknown(), NOW, NOW, expires));
    }
}
