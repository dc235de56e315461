package io.postern.auth.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlidingLogTest {

    @Test
    void what_a_clock_set_back_has_written_becomes_the_present() {
        SlidingLog log = new SlidingLog();
        log.add(10, 5);
        log.add(100, 5);

        log.add(18, 5);

        log.moveBack(20, 12, 5);

        assertThat(log).hasToString("[10, 12, 18]");
        assertThat(log.expiry()).isEqualTo(23);
        log.moveBack(15, 12, 5);
        assertThat(log).hasToString("[10, 12, 12]");
        assertThat(log.expiry()).isEqualTo(17);
    }

    @Test
    void agrees_with_a_plain_sorted_list() {
        Random random = new Random(7);
        SlidingLog log = new SlidingLog();
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            long time = (long) i + random.nextInt(20);
            long until = (long) i - random.nextInt(200);
            log.dropUntil(until);
            expected.removeIf(entry -> entry <= until);
            log.add(time, 5);
            expected.add(time);
            expected.sort(null);
            assertThat(log.size()).isEqualTo(expected.size());
            assertThat(log.oldest()).isEqualTo(expected.get(0));
            assertThat(log.expiry()).isGreaterThanOrEqualTo(time + 5);
        }
        assertThat(log).hasToString(expected.toString());
    }

    @Test
    void what_a_longer_rate_has_counted_is_not_forgotten_sooner_for_a_shorter_one() {
        SlidingLog log = new SlidingLog();
        log.add(0, 100);
        log.add(1, 10);

        assertThat(log.expiry()).isEqualTo(100);
    }
}
