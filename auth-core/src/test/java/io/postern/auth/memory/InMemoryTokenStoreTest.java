package io.postern.auth.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.StoreException;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenValue;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryTokenStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final InMemoryTokenStore store = new InMemoryTokenStore(2);

    @Test
    void a_full_store_adds_nothing() {
        assertThat(add("a", Optional.empty())).isTrue();
        assertThat(add("b", Optional.empty())).isTrue();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> add("c", Optional.empty()))
                .withMessageContaining("use a database");
        assertThat(store.find(TokenValue.of("c"))).isEmpty();
        assertThat(store.find(TokenValue.of("a"))).isPresent();
        assertThat(add("a", Optional.empty())).isFalse();
    }

    @Test
    void a_full_store_deletes_expired_tokens_first() {
        add("a", Optional.of(NOW));
        add("b", Optional.of(NOW.plusSeconds(1)));

        assertThat(add("c", Optional.empty())).isTrue();
        assertThat(store.find(TokenValue.of("a"))).isEmpty();
        assertThat(store.find(TokenValue.of("b"))).isPresent();
    }

    @Test
    void a_bound_that_leaves_no_room_is_rejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryTokenStore(0));
    }

    private boolean add(String value, Optional<Instant> expires) {
        return store.add(TokenValue.of(value), new StoredToken("id-" + value, "1", "", NOW, expires, Optional.empty()));
    }
}
