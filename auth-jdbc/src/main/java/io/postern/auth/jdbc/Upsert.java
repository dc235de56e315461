package io.postern.auth.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A statement that inserts a row or changes the one with the same key. Values come in the order of the columns.
 *
 * @param table the table
 * @param key the columns of the key
 * @param overwritten the columns that get the new value
 * @param raised the columns that get the new value if it is greater
 */
record Upsert(String table, List<Column> key, List<Column> overwritten, List<Column> raised) {

    /** A column, with the type that H2 cannot guess. */
    record Column(String name, String type) {

        /** Reads columns from texts like {@code place BIGINT}. */
        static List<Column> of(String... columns) {
            return Arrays.stream(columns)
                    .map(text -> text.split(" ", 2))
                    .map(parts -> new Column(parts[0], parts[1]))
                    .toList();
        }
    }

    String sql(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL ->
                insert() + " ON CONFLICT (" + each(key, "%s", ", ") + ") DO UPDATE SET "
                        + changes("%1$s = excluded.%1$s", "%1$s = GREATEST(" + table + ".%1$s, excluded.%1$s)");
            case MARIADB ->
                insert() + " ON DUPLICATE KEY UPDATE "
                        + changes("%1$s = VALUES(%1$s)", "%1$s = GREATEST(%1$s, VALUES(%1$s))");
            case H2 -> merge();
        };
    }

    private String insert() {
        return "INSERT INTO " + table + " (" + each(all(), "%s", ", ") + ") VALUES (" + each(all(), "?", ", ") + ")";
    }

    private String merge() {
        String values = all().stream()
                .map(column -> "CAST(? AS " + column.type() + ") AS " + column.name())
                .collect(Collectors.joining(", "));
        return "MERGE INTO " + table + " AS t USING (SELECT " + values + ") AS s ON "
                + each(key, "t.%1$s = s.%1$s", " AND ") + " WHEN MATCHED THEN UPDATE SET "
                + changes("%1$s = s.%1$s", "%1$s = GREATEST(t.%1$s, s.%1$s)") + " WHEN NOT MATCHED THEN INSERT ("
                + each(all(), "%s", ", ") + ") VALUES (" + each(all(), "s.%s", ", ") + ")";
    }

    private String changes(String overwrite, String raise) {
        return Stream.of(each(overwritten, overwrite, ", "), each(raised, raise, ", "))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private List<Column> all() {
        return Stream.of(key, overwritten, raised).flatMap(List::stream).toList();
    }

    private static String each(List<Column> columns, String format, String separator) {
        return columns.stream()
                .map(column -> String.format(format, column.name()))
                .collect(Collectors.joining(separator));
    }
}
