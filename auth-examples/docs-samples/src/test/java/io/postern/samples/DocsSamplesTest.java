package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocsSamplesTest {

    private static final String SEPARATOR = "\n=====\n";

    static List<Path> pages() {
        return Docs.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_java_sample_is_compiled(Path page) {
        String compiled = Docs.regions().stream().map(DocsSamplesTest::lines).collect(Collectors.joining(SEPARATOR));

        assertThat(Docs.javaBlocks(page)).allSatisfy(block -> {
            assertThat(block).isNotBlank().doesNotContain("…");
            assertThat(compiled).contains(lines(block));
        });
    }

    @Test
    void there_are_samples_to_check() {
        assertThat(Docs.pages().stream()
                        .mapToLong(page -> Docs.javaBlocks(page).size())
                        .sum())
                .isGreaterThan(30);
    }

    @Test
    void the_integration_of_the_readme_has_ten_lines() {
        String first = Docs.javaBlocks(Docs.root().resolve("README.md")).get(0);

        assertThat(lines(first).strip().lines()).hasSizeBetween(9, 11);
        assertThat(first).contains("Postern.builder()", "AuthFilter.register(context, postern)");
    }

    /** The lines of a sample, whatever their indentation. */
    private static String lines(String sample) {
        return sample.lines()
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n", "\n", "\n"));
    }
}
