package io.postern.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of the project, and the regions of the samples. */
final class Docs {

    private static final Pattern JAVA_BLOCK = Pattern.compile("(?ms)^```java\\R(.*?)^```");
    private static final Pattern REGION = Pattern.compile("(?ms)^ *// sample: [a-z0-9-]+\\R(.*?)^ *// end$");

    private Docs() {}

    /** Returns the folder of the whole project. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/architecture.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static List<Path> pages() {
        List<Path> pages = new ArrayList<>(filesBelow(root().resolve("docs"), ".md"));
        Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
                .map(root()::resolve)
                .forEach(pages::add);
        return pages;
    }

    static List<Path> javaFiles() {
        return filesBelow(root(), ".java");
    }

    static List<String> javaBlocks(Path page) {
        return matches(JAVA_BLOCK, read(page));
    }

    static List<String> regions() {
        return filesBelow(root().resolve("auth-examples/docs-samples/src"), ".java").stream()
                .flatMap(file -> matches(REGION, read(file)).stream())
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> matches(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static List<Path> filesBelow(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
