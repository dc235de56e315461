package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)\\b[^`\\n]*`");
    private static final Pattern PICTURED = Pattern.compile("(?<![A-Za-z.])([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+)");
    private static final Pattern PACKAGE = Pattern.compile("`(io\\.postern[a-z.]*)`");
    private static final Pattern MODULE = Pattern.compile("`(auth-[a-z]+)`");
    private static final int LONGEST_README = 170;

    static List<Path> pages() {
        return Docs.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_leads_somewhere(Path page) {
        assertThat(Docs.matches(LINK, Docs.read(page)))
                .filteredOn(link -> !link.startsWith("https://"))
                .allSatisfy(link -> {
                    String[] parts = link.split("#", 2);
                    Path target = parts[0].isEmpty()
                            ? page
                            : page.resolveSibling(parts[0]).normalize();
                    assertThat(target).exists();
                    if (parts.length == 2) {
                        assertThat(anchors(target)).contains(parts[1]);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_module_named_exists(Path page) {
        assertThat(Docs.matches(MODULE, Docs.read(page)))
                .allSatisfy(module -> assertThat(Docs.root().resolve(module)).isDirectory());
    }

    @Test
    void every_page_is_reached_from_the_readme() {
        String readme = Docs.read(Docs.root().resolve("README.md"));

        assertThat(Docs.pages())
                .filteredOn(page -> page.getParent().endsWith("docs"))
                .allSatisfy(page -> assertThat(readme).contains("(docs/" + page.getFileName() + ")"));
    }

    @Test
    void the_readme_stays_short() {
        assertThat(Docs.read(Docs.root().resolve("README.md")).lines().count()).isLessThanOrEqualTo(LONGEST_README);
    }

    @Test
    void every_class_of_the_architecture_can_be_found_by_its_name() {
        Set<String> classes = Docs.javaFiles().stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toUnmodifiableSet());
        String page = Docs.read(Docs.root().resolve("docs/architecture.md"));
        List<String> named = Docs.matches(CLASS_NAME, BLOCK.matcher(page).replaceAll(""));
        List<String> pictured = Docs.matches(Pattern.compile("(?ms)^```mermaid$(.*?)^```$"), page).stream()
                .flatMap(picture -> Docs.matches(PICTURED, picture).stream())
                .toList();

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(pictured).contains("AuthFilter");
        assertThat(classes).containsAll(named).containsAll(pictured);
    }

    @Test
    void every_package_of_the_architecture_exists() {
        Path page = Docs.root().resolve("docs/architecture.md");
        Set<String> packages = Docs.javaFiles().stream()
                .filter(file -> file.endsWith("package-info.java"))
                .map(file -> Pattern.compile("(?m)^package (.*);$").matcher(Docs.read(file)))
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toUnmodifiableSet());

        assertThat(packages).containsAll(Docs.matches(PACKAGE, Docs.read(page)));
    }

    private static List<String> anchors(Path page) {
        assertThat(Files.isRegularFile(page)).isTrue();
        return Docs.matches(HEADING, Docs.read(page)).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
