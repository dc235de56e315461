package io.postern.auth.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of the grace period, to the millisecond. */
class RotationTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final TokenRecord CURRENT = new TokenRecord("b", NOW, NOW.plusSeconds(60));
    private static final TokenFamily FAMILY =
            new TokenFamily("f", "u", "s", Device.unknown(), NOW, NOW, NOW.plusSeconds(60), NOW.plusSeconds(90));

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
    void a_use_some_time_ahead_is_repeated_within_the_grace_period(long grace, long ahead, boolean repeated) {
        assertThat(rotation(Duration.ofMillis(grace)).decide(usedAt(NOW.plusMillis(ahead))))
                .isEqualTo(
                        repeated
                                ? new Rotation.Result.Repeated(CURRENT, Device.unknown())
                                : new Rotation.Result.Reused());
    }

    private static Rotation.Snapshot usedAt(Instant time) {
        return new Rotation.Snapshot(FAMILY, false, CURRENT, TokenState.USED, Optional.of(time));
    }

    private static Rotation rotation(Duration grace) {
        TokenRecord presented = new TokenRecord("a", NOW, NOW.plusSeconds(60));
        TokenRecord successor = new TokenRecord("c", NOW, NOW.plusSeconds(60));
        return new Rotation(FAMILY, presented, successor, NOW, grace, RotationMode.ROTATE, false);
    }
}
