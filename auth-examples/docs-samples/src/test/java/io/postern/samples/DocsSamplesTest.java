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
    void enough_samples_are_found() {
        assertThat(Docs.pages().stream()
                        .mapToLong(page -> Docs.javaBlocks(page).size())
                        .sum())
                .isGreaterThan(30);
    }

    @Test
    void the_quickstart_needs_ten_imports_of_ours_at_most() {
        String file = Docs.read(
                Docs.root().resolve("auth-examples/docs-samples/src/test/java/io/postern/samples/Quickstart.java"));

        assertThat(file.lines().filter(line -> line.matches("import (static )?io\\.postern\\..*")))
                .hasSizeBetween(5, 10)
                .noneMatch(line -> line.endsWith("*;"));
    }

    @Test
    void the_quickstart_has_ten_lines() {
        String first = Docs.javaBlocks(Docs.root().resolve("README.md")).get(0);

        assertThat(lines(first).strip().lines()).hasSizeBetween(7, 10);
        assertThat(first).contains("Postern.builder()", "AuthFilter.register(context, postern)");
    }

    /** Returns the lines of a sample without indentation. */
    private static String lines(String sample) {
        return sample.lines()
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n", "\n", "\n"));
    }
}
