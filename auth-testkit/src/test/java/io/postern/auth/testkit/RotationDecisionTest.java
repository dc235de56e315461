package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The table that all stores are held to, applied to the rule itself. */
class RotationDecisionTest {

    @TestFactory
    Stream<DynamicTest> decides_as_the_table_says() {
        return RotationCase.all().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.name(),
                        () -> assertThat(row.rotation().decide(row.snapshot())).isEqualTo(row.expected())));
    }
}
