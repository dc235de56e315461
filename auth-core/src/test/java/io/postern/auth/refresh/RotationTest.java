package io.postern.auth.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.user.Device;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the grace begins and ends. */
class RotationTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "5000, 0, true",
        "5000, -4999, true",
        "5000, -5000, false",
        "5000, 5000, true",
        "5000, 5001, false",
        "0, 0, false",
        "0, -1, false",
        "0, 1, false",
        "0, 3600000, false"
    })
    void isWithinGrace_of_a_use_some_time_ahead(long grace, long ahead, boolean expected) {
        assertThat(rotation(Duration.ofMillis(grace)).isWithinGrace(NOW.plusMillis(ahead)))
                .isEqualTo(expected);
    }

    private static Rotation rotation(Duration grace) {
        RefreshTokenRecord slot = new RefreshTokenRecord("a", NOW, NOW.plusSeconds(60));
        TokenFamily family =
                new TokenFamily("f", "u", "s", Device.unknown(), NOW, NOW, slot.expires(), NOW.plusSeconds(90));
        return new Rotation(family, slot, slot, NOW, grace, RotationMode.ROTATE, false);
    }
}
