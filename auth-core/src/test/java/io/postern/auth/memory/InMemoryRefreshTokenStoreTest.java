package io.postern.auth.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What it does beyond the contract that every store keeps. */
class InMemoryRefreshTokenStoreTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofHours(1);

    private final InMemoryRefreshTokenStore store = new InMemoryRefreshTokenStore();

    @Test
    void used_tokens_that_can_be_shown_no_more_are_forgotten_at_a_refresh() {
        TokenRecord first = slot("0", START);
        Instant end = START.plus(Duration.ofDays(9));
        store.start(new TokenFamily("f", "u", "s", Device.unknown(), START, START, first.expires(), end), first);

        for (int hour = 1; hour <= 3; hour++) {
            Instant now = START.plus(Duration.ofHours(hour)).plusSeconds(1);
            TokenFamily family = new TokenFamily("f", "u", "s", Device.unknown(), now, now, now, end);
            store.rotate(new Rotation(
                    family,
                    slot("" + (hour - 1), START.plus(Duration.ofHours(hour - 1))),
                    slot("" + hour, START.plus(Duration.ofHours(hour))),
                    now,
                    Duration.ZERO,
                    RotationMode.ROTATE,
                    false));
        }

        assertThat(store.stateOf("f", "1")).isEqualTo(TokenState.UNKNOWN);
        assertThat(store.stateOf("f", "2")).isEqualTo(TokenState.USED);
        assertThat(store.stateOf("f", "3")).isEqualTo(TokenState.LIVE);
    }

    /** With a copy of all of them at each refresh this takes minutes, without it milliseconds. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    @Timeout(20)
    void a_client_that_refreshes_in_a_loop_costs_no_more_each_time_and_no_token_is_forgotten(RotationMode mode) {
        int times = 20_000;
        Instant end = START.plus(Duration.ofDays(9));
        TokenFamily family = new TokenFamily("f", "u", "s", Device.unknown(), START, START, START.plus(LIFE), end);
        store.start(family, slot("0", START));

        for (int i = 0; i < times; i++) {
            TokenRecord next = slot("" + (i + 1), START);
            store.rotate(new Rotation(family, slot("" + i, START), next, START, Duration.ZERO, mode, false));
        }

        TokenState old = mode == RotationMode.ROTATE ? TokenState.USED : TokenState.LIVE;
        for (int i = 0; i < times; i++) {
            assertThat(store.stateOf("f", "" + i)).isEqualTo(old);
        }
        assertThat(store.stateOf("f", "" + times)).isEqualTo(TokenState.LIVE);
    }

    private static TokenRecord slot(String id, Instant issued) {
        return new TokenRecord(id, issued, issued.plus(LIFE));
    }
}
