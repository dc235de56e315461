package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No regular expression takes more than time in proportion to its input, counted in characters read. */
class RegularExpressionsTest {

    private static final String CHARS = ":.0a,;=/ -\"[]$%Z";
    private static final int SHORT = 40;

    @ParameterizedTest
    @MethodSource("patterns")
    void a_tenfold_input_is_not_much_more_than_tenfold_work(Pattern pattern) {
        for (String unit : units()) {
            for (String end : List.of("", "\u0000", "$", "x")) {
                long once = work(pattern, unit.repeat(SHORT) + end);
                long tenfold = work(pattern, unit.repeat(10 * SHORT) + end);

                assertThat(tenfold)
                        .as("characters that %s reads of \"%s\" and \"%s\"", pattern, unit, end)
                        .isLessThanOrEqualTo(12 * once + 1_000);
            }
        }
    }

    @Test
    void quadratic_work_is_noticed() {
        Pattern quadratic = Pattern.compile("[:.]*:[:.]*x");

        assertThat(work(quadratic, ":".repeat(10 * SHORT)))
                .isGreaterThan(12 * work(quadratic, ":".repeat(SHORT)) + 1_000);
    }

    private static Stream<Pattern> patterns() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.postern");
        List<Pattern> all = classes.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(Pattern.class)
                        && field.getModifiers().contains(JavaModifier.STATIC))
                .map(RegularExpressionsTest::value)
                .toList();
        assertThat(all).hasSizeGreaterThan(8);
        return all.stream();
    }

    private static List<String> units() {
        return CHARS.chars()
                .boxed()
                .flatMap(one -> Stream.concat(
                        Stream.of(Character.toString(one)),
                        CHARS.chars().mapToObj(other -> Character.toString(one) + Character.toString(other))))
                .toList();
    }

    private static long work(Pattern pattern, String input) {
        Counting counting = new Counting(input);
        boolean whole = pattern.matcher(counting).matches();
        boolean part = pattern.matcher(counting).find();
        assertThat(whole && !part).isFalse();
        return counting.read;
    }

    private static Pattern value(JavaField field) {
        try {
            Field reflected = field.reflect();
            reflected.setAccessible(true);
            return (Pattern) reflected.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Counting implements CharSequence {

        private final String value;
        private long read;

        Counting(String value) {
            this.value = value;
        }

        @Override
        public int length() {
            return value.length();
        }

        @Override
        public char charAt(int index) {
            read++;
            return value.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return value.subSequence(start, end);
        }

        @Override
        public String toString() {
            return value;
        }
    }
}
