package io.postern.auth.jwt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericDateTest {

    private final NumericDate lenient = NumericDate.SIMPLEJWT;
    private final NumericDate strict = NumericDate.WHOLE_SECONDS;
    private final NumericDate fractions = NumericDate.FRACTIONS;

    @ParameterizedTest
    @ValueSource(longs = {1, 1_800_000_000L, 253_402_300_799L})
    void whole_seconds_of_sane_years_are_read(long seconds) {
        assertThat(time(lenient.read(seconds))).hasValue((double) seconds);
        assertThat(time(strict.read(seconds))).hasValue((double) seconds);
        assertThat(time(fractions.read(seconds))).hasValue((double) seconds);
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
    void python_reads_more_than_rfc_7519_allows(String json, double seconds) {
        assertThat(time(lenient.read(parse(json)))).hasValue(seconds);
        assertThat(time(strict.read(parse(json)))).isEqualTo(OptionalDouble.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.0, 0",
        "-0.0, 0",
        "0e5, 0",
        "1e-999, 0",
        "1.9, 1.9",
        "1e3, 1000",
        "1.8E9, 1800000000",
        "0.5, 0.5",
        "1800000000.5, 1800000000.5"
    })
    void numbers_from_0_with_fractions_are_times_where_rfc_7519_applies(String json, double seconds) {
        assertThat(time(fractions.read(parse(json)))).hasValue(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-1.9", "true", "false", "-0.5", "-1e-9", "253402300799.5"})
    void numbers_before_1970_and_booleans_are_not_times_where_rfc_7519_applies(String json) {
        assertThat(time(fractions.read(parse(json)))).isEmpty();
        assertThat(time(strict.read(parse(json)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1e-999", "1.0"})
    void our_own_strict_tokens_have_positive_whole_seconds(String json) {
        assertThat(time(strict.read(parse(json)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1799999999", "0", " 1 ", "-1", "+1", "01"})
    void a_string_of_digits_in_the_past_is_expired_as_in_pyjwt(String text) {
        assertThat(time(lenient.readExpiry(text, 1_800_000_000.0))).isPresent();
        assertThat(time(strict.readExpiry(text, 1_800_000_000.0))).isEmpty();
        assertThat(time(fractions.readExpiry(text, 1_800_000_000.0))).isEmpty();
        assertThat(time(lenient.read(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1800000001", "", "1.5", "1e5", "tomorrow", "- 1", "1234567890123"})
    void any_other_string_is_not_a_time(String text) {
        assertThat(time(lenient.readExpiry(text, 1_800_000_000.0))).isEmpty();
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
    void a_value_that_is_not_a_sane_time_is_bad_and_never_absent(String json) {
        assertThat(time(lenient.read(parse(json)))).isEmpty();
        assertThat(time(strict.read(parse(json)))).isEmpty();
        assertThat(time(fractions.read(parse(json)))).isEmpty();
    }

    private static OptionalDouble time(double seconds) {
        return Double.isNaN(seconds) ? OptionalDouble.empty() : OptionalDouble.of(seconds);
    }

    private static Object parse(String json) {
        return JsonReader.read(json, JsonLimits.TOKEN);
    }
}
