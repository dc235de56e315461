package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R-JWT-15. */
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
