package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {

    private final BoundedCache<Integer, String> cache = new BoundedCache<>(100, 1_000);

    @Test
    void what_was_put_is_returned_until_it_is_removed() {
        cache.put(1, "one", 1);
        cache.put(1, "uno", 1);

        assertThat(cache.get(1)).isEqualTo("uno");
        cache.remove(1);
        assertThat(cache.get(1)).isNull();
        assertThat(cache.get(2)).isNull();
    }

    @Test
    void it_never_has_more_entries_than_its_limit() {
        for (int i = 0; i < 100_000; i++) {
            cache.put(i, "value", 1);
            assertThat(cache.size()).isLessThanOrEqualTo(100);
        }
        assertThat(cache.get(99_999)).isEqualTo("value");
        assertThat(cache.get(0)).isNull();
    }

    @Test
    void its_weight_is_limited_too() {
        for (int i = 0; i < 100_000; i++) {
            cache.put(i, "value", 100);
            assertThat(cache.size()).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void a_value_beyond_half_of_the_weight_is_not_kept() {
        cache.put(1, "heavy", 501);

        assertThat(cache.get(1)).isNull();
    }

    @Test
    void what_is_used_stays_while_others_come_and_go() {
        cache.put(-1, "used", 1);

        for (int i = 0; i < 10_000; i++) {
            cache.put(i, "value", 1);
            assertThat(cache.get(-1)).isEqualTo("used");
        }
    }

    @Test
    void removing_takes_it_from_both_halves() {
        cache.put(-1, "old", 1);
        for (int i = 0; i < 50; i++) {
            cache.put(i, "value", 1);
        }

        cache.remove(-1);

        assertThat(cache.get(-1)).isNull();
    }

    @Test
    void a_cache_without_room_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BoundedCache<>(1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new BoundedCache<>(10, 1));
    }
}
