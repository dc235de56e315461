package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the ids that are cited after {@code drf-contract} against the rows of {@code drf-contract.md}. */
class ContractIdsTest {

    private static final String NAME = "drf-contract";
    private static final String ID = "[A-Z]+-[0-9]+";
    private static final Path PAGE = Docs.root().resolve("docs").resolve(NAME + ".md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (" + ID + ") \\| \\S.* \\|$");

    /** The breaks of lines in comments, which may stand within a list of ids. */
    private static final Pattern BREAK = Pattern.compile("\\s*\\R\\s*(?:\\*|//)?\\s*");

    private static final Pattern WORD = Pattern.compile(NAME + "(?=\\s)");
    private static final Pattern CITATION =
            Pattern.compile(NAME + " (" + ID + "(?:(?:, and |, | and | to )" + ID + ")*)");
    private static final Pattern ONE_OR_RANGE = Pattern.compile("([A-Z]+)-([0-9]+)(?: to ([A-Z]+)-([0-9]+))?");

    private final List<String> rows = Docs.matches(ROW, Docs.read(PAGE));
    private final Map<String, Set<String>> cited = cited();

    @Test
    void every_id_that_is_cited_has_a_row() {
        Map<String, Set<String>> unknown = new TreeMap<>(cited);
        unknown.keySet().removeAll(rows);

        assertThat(cited).hasSizeGreaterThan(100);
        assertThat(unknown).as("ids without a row, and who cites them").isEmpty();
    }

    @Test
    void every_row_is_cited() {
        assertThat(rows).doesNotHaveDuplicates();
        assertThat(rows.stream().filter(id -> !cited.containsKey(id)))
                .as("rows that nobody cites")
                .isEmpty();
    }

    @Test
    void the_word_is_followed_by_ids() {
        assertThat(files())
                .filteredOn(file -> count(WORD, file) != count(CITATION, file))
                .as("files with a citation that names no id, or a group")
                .isEmpty();
    }

    @Test
    void an_id_stands_behind_the_word() {
        Set<String> groups =
                rows.stream().map(id -> id.substring(0, id.indexOf('-'))).collect(Collectors.toSet());
        Pattern bare = Pattern.compile("(?<![A-Za-z0-9-])((?:" + String.join("|", groups) + ")-[0-9]{1,2})(?![0-9])");
        Map<Path, List<String>> found = new TreeMap<>();
        for (Path file : Docs.javaFiles()) {
            found.put(file, Docs.matches(bare, CITATION.matcher(textOf(file)).replaceAll("")));
        }
        found.values().removeIf(List::isEmpty);

        assertThat(found).as("ids without the word").isEmpty();
    }

    /** Ids, and the names of the files that cite them. */
    private static Map<String, Set<String>> cited() {
        Map<String, Set<String>> cited = new TreeMap<>();
        for (Path file : files()) {
            Docs.matches(CITATION, textOf(file)).stream()
                    .flatMap(list -> ONE_OR_RANGE.matcher(list).results())
                    .flatMap(ContractIdsTest::ids)
                    .forEach(id -> cited.computeIfAbsent(id, key -> new TreeSet<>())
                            .add(file.getFileName().toString()));
        }
        return cited;
    }

    private static Stream<String> ids(MatchResult found) {
        String group = found.group(1);
        int first = Integer.parseInt(found.group(2));
        if (found.group(3) == null) {
            return Stream.of(group + "-" + first);
        }
        int last = Integer.parseInt(found.group(4));
        assertThat(found.group(3)).as(found.group()).isEqualTo(group);
        assertThat(last).as(found.group()).isGreaterThan(first);
        return IntStream.rangeClosed(first, last).mapToObj(number -> group + "-" + number);
    }

    private static List<Path> files() {
        return Stream.concat(Docs.javaFiles().stream(), Docs.pages().stream())
                .filter(file -> !file.equals(PAGE))
                .toList();
    }

    private static long count(Pattern pattern, Path file) {
        return pattern.matcher(textOf(file)).results().count();
    }

    private static String textOf(Path file) {
        return BREAK.matcher(Docs.read(file)).replaceAll(" ");
    }
}
