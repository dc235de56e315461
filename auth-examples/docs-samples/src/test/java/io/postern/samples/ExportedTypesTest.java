package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A type that no page needs to name need not be exported. */
class ExportedTypesTest {

    private static final Pattern EXPORT = Pattern.compile("(?m)^    exports ([a-z.]+);$");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public (?:[a-z-]+ )*(?:class|record|enum|interface|@interface) (\\w+)");

    private static final String DOCS = Stream.concat(
                    Docs.pages().stream().filter(page -> page.getParent().endsWith("docs")),
                    Stream.of(Docs.root().resolve("README.md")))
            .map(Docs::read)
            .collect(Collectors.joining());

    @ParameterizedTest
    @CsvSource({"auth-core, 0", "auth-jdbc, 0", "auth-redis, 0", "auth-servlet, 0", "auth-oidc, 0", "auth-testkit, 0"})
    void every_exported_type_is_named_in_the_docs_but_for_a_few(String module, int exceptions) {
        List<String> exported = exportedTypes(Docs.root().resolve(module + "/src/main/java"));

        assertThat(exported).isNotEmpty();
        assertThat(exported)
                .filteredOn(type ->
                        !Pattern.compile("\\b" + type + "\\b").matcher(DOCS).find())
                .hasSizeLessThanOrEqualTo(exceptions);
    }

    private static List<String> exportedTypes(Path sources) {
        List<Path> folders = Docs.matches(EXPORT, Docs.read(sources.resolve("module-info.java"))).stream()
                .map(name -> sources.resolve(name.replace('.', '/')))
                .toList();
        assertThat(folders).isNotEmpty().allMatch(Files::isDirectory);
        return Docs.javaFiles().stream()
                .filter(file -> folders.contains(file.getParent()))
                .flatMap(file -> Docs.matches(PUBLIC_TYPE, Docs.read(file)).stream())
                .toList();
    }
}
