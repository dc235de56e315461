package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericDateTest {

    private final NumericDate lenient = new NumericDate(false);
    private final NumericDate strict = new NumericDate(true);

    @ParameterizedTest
    @ValueSource(longs = {1, 1_800_000_000L, 253_402_300_799L})
    void whole_seconds_of_sane_years_are_read(long seconds) {
        assertThat(lenient.read(seconds)).hasValue(seconds);
        assertThat(strict.read(seconds)).hasValue(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1",
        "1.9, 1",
        "-1.9, -1",
        "1e3, 1000",
        "true, 1",
        "false, 0",
        "1.0, 1",
        "-253402300799, -253402300799"
    })
    void python_reads_more_than_rfc_7519_allows(String json, long seconds) {
        assertThat(lenient.read(parse(json))).hasValue(seconds);
        assertThat(strict.read(parse(json))).isEqualTo(OptionalLong.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1799999999", "0", " 1 ", "-1", "+1", "01"})
    void a_text_of_digits_in_the_past_has_expired_as_pyjwt_has_it(String text) {
        assertThat(lenient.readEnd(text, 1_800_000_000.0)).isPresent();
        assertThat(strict.readEnd(text, 1_800_000_000.0)).isEmpty();
        assertThat(lenient.read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1800000001", "", "1.5", "1e5", "tomorrow", "- 1", "1234567890123"})
    void any_other_text_has_not(String text) {
        assertThat(lenient.readEnd(text, 1_800_000_000.0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"1800000000\"",
                "\"\"",
                "{}",
                "[]",
                "[1800000000]",
                "253402300800",
                "1800000000000",
                "9223372036854775807",
                "-9223372036854775808",
                "-253402300800",
                "1000000000000000000000000000000",
                "1e30",
                "1e999",
                "-1e999"
            })
    void what_is_no_sane_time_is_bad_and_never_absent(String json) {
        assertThat(lenient.read(parse(json))).isEmpty();
        assertThat(strict.read(parse(json))).isEmpty();
    }

    private static Object parse(String json) {
        return JsonReader.read(json, JsonLimits.TOKEN);
    }
}
