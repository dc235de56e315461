package io.postern.auth.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "10/s, 10, 1",
        "10/second, 10, 1",
        "3/min, 3, 60",
        "3/minute, 3, 60",
        "3/month, 3, 60",
        "100/hour, 100, 3600",
        "1000/day, 1000, 86400",
        "0/m, 0, 60",
        "007/d, 7, 86400",
        "999999999/d, 999999999, 86400",
    })
    void reads_a_number_and_the_first_letter_of_a_period(String text, int limit, long seconds) {
        assertThat(Rate.parse(text)).isEqualTo(new Rate(limit, Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10/",
                "/m",
                "10/5m",
                "10/S",
                "10/Min",
                "10/x",
                "10/m/h",
                "-1/m",
                "+1/m",
                "1.5/m",
                " 1/m",
                "1 /m",
                "1/ m",
                "1/m ",
                "1_0/m",
                "\u0661/m",
                "1000000000/m",
                "1/m\n",
            })
    void rejects_every_other_string_and_says_how_to_fix_it(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.parse(text))
                .withMessageStartingWith("\"" + text + "\" is not a rate")
                .withMessageEndingWith("for instance 100/hour");
    }

    @Test
    void refuses_what_cannot_be_counted() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(-1, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ofDays(367)));
    }

    @Test
    void takes_a_period_of_366_days() {
        assertThat(new Rate(1, Duration.ofDays(366)).period()).isEqualTo(Duration.ofDays(366));
    }

    @Test
    void shares_the_rest_of_the_period_among_the_requests_that_are_free() {
        Rate rate = Rate.parse("5/min");

        assertThat(rate.waitAfter(5, NOW.minusSeconds(20), NOW)).contains(Duration.ofSeconds(40));
        assertThat(rate.waitAfter(2, NOW.minusSeconds(20), NOW)).contains(Duration.ofSeconds(10));
        assertThat(rate.waitAfter(0, NOW, NOW)).contains(Duration.ofSeconds(10));
    }

    @Test
    void knows_no_time_when_too_many_are_on_record() {
        assertThat(Rate.parse("5/min").waitAfter(6, NOW, NOW)).isEmpty();
        assertThat(Rate.parse("0/min").waitAfter(0, NOW, NOW)).contains(Duration.ofMinutes(1));
    }
}
