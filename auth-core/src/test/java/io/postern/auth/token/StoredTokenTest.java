package io.postern.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredTokenTest {

    private static final Instant END = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void it_has_expired_at_its_expiry_and_after() {
        StoredToken token = ending(Optional.of(END));

        assertThat(token.isExpired(END.minusNanos(1))).isFalse();
        assertThat(token.isExpired(END)).isTrue();
        assertThat(token.isExpired(END.plusNanos(1))).isTrue();
    }

    @Test
    void without_an_expiry_it_never_expires() {
        assertThat(ending(Optional.empty()).isExpired(Instant.MAX)).isFalse();
    }

    @Test
    void use_changes_nothing_but_the_last_use() {
        StoredToken token = ending(Optional.of(END));

        assertThat(token.lastUsed()).isEmpty();
        assertThat(token.withLastUsed(END))
                .isEqualTo(new StoredToken("id", "1", "", END, Optional.of(END), Optional.of(END)));
    }

    @Test
    void values_are_equal_by_their_characters() {
        assertThat(TokenValue.of("abc"))
                .isEqualTo(TokenValue.of("abc"))
                .hasSameHashCodeAs(TokenValue.of("abc"))
                .isNotEqualTo(TokenValue.of("abd"))
                .isNotEqualTo("abc");
    }

    private static StoredToken ending(Optional<Instant> end) {
        return new StoredToken("id", "1", "", END, end, Optional.empty());
    }
}
