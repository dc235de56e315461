package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SettableClockTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SettableClock clock = SettableClock.at(START);

    @Test
    void stands_still_until_moved() {
        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void moves_by_a_duration_and_to_a_time() {
        clock.advance(Duration.ofMinutes(5));
        clock.advance(Duration.ofSeconds(-1));
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:04:59Z"));

        clock.set(Instant.EPOCH);
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void moves_in_all_zones_at_once() {
        SettableClock elsewhere = clock.withZone(ZoneId.of("Europe/Berlin"));
        clock.advance(Duration.ofSeconds(1));

        assertThat(elsewhere.instant()).isEqualTo(START.plusSeconds(1));
        assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }
}
