package io.postern.auth.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenFamilyTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = START.plusSeconds(600);

    private final TokenFamily family =
            new TokenFamily("f", "1", "s", new Device("laptop", "a", "b"), START, START, END, END.plusSeconds(600));

    @Test
    void a_refresh_records_the_device_under_the_label_given_at_login() {
        TokenFamily refreshed = family.refreshed(new Device("other", "c", "d"), START.plusSeconds(1), END);

        assertThat(refreshed.device()).isEqualTo(new Device("laptop", "c", "d"));
        assertThat(refreshed.lastRefreshed()).isEqualTo(START.plusSeconds(1));
        assertThat(refreshed.created()).isEqualTo(START);
    }

    @Test
    void a_login_without_a_label_takes_that_of_a_refresh() {
        TokenFamily bare = new TokenFamily("f", "1", "s", Device.unknown(), START, START, END, END);

        assertThat(bare.refreshed(new Device("phone", "c", "d"), START, END).device())
                .isEqualTo(new Device("phone", "c", "d"));
    }

    @Test
    void a_refresh_never_shortens_a_login() {
        assertThat(family.refreshed(Device.unknown(), START, END.plusSeconds(1)).expires())
                .isEqualTo(END.plusSeconds(1));
        assertThat(family.refreshed(Device.unknown(), START, END.minusSeconds(1))
                        .expires())
                .isEqualTo(END);
    }
}
