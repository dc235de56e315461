package io.postern.auth.jdbc.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A statement that inserts a row or, if there is one of the same key, updates it.
 *
 * <pre>{@code
 * String upsert = Upsert.into("${prefix}totp")
 *         .key("user_id VARCHAR")
 *         .set("secret VARBINARY")
 *         .setGreatest("last_step BIGINT")
 *         .sql(database);
 * statements.update(upsert, userId, secret, step);
 * }</pre>
 *
 * <p>Each column is given with its type, which H2 cannot infer. The values are bound in the order of {@code key}, {@code
 * set} and {@code setGreatest}. Immutable.
 */
public final class Upsert {

    private record Column(String name, String type) {}

    private final String table;
    private final List<Column> key;
    private final List<Column> set;
    private final List<Column> greatest;

    private Upsert(String table, List<Column> key, List<Column> set, List<Column> greatest) {
        this.table = table;
        this.key = key;
        this.set = set;
        this.greatest = greatest;
    }

    /** Creates a statement for a table; its name may contain {@code ${prefix}}. */
    public static Upsert into(String table) {
        return new Upsert(table, List.of(), List.of(), List.of());
    }

    /** Adds columns of the key, each such as {@code user_id VARCHAR}. */
    public Upsert key(String... columns) {
        return new Upsert(table, joined(key, columns), set, greatest);
    }

    /** Adds columns that get the new value. */
    public Upsert set(String... columns) {
        return new Upsert(table, key, joined(set, columns), greatest);
    }

    /** Adds columns that get the new value if it is greater than the one stored. */
    public Upsert setGreatest(String... columns) {
        return new Upsert(table, key, set, joined(greatest, columns));
    }

    /**
     * Returns the statement in the SQL of a database.
     *
     * @throws IllegalStateException without a column of the key, or without one to set
     */
    public String sql(Database database) {
        if (key.isEmpty() || (set.isEmpty() && greatest.isEmpty())) {
            throw new IllegalStateException("an upsert into " + table
                    + " has no column of the key, or none to set: call" + " key(…), and set(…) or setGreatest(…)");
        }
        return database.sql(sql(database.dialect()));
    }

    private String sql(Dialect dialect) {
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

    private String changes(String assignment, String greatestAssignment) {
        return Stream.of(each(set, assignment, ", "), each(greatest, greatestAssignment, ", "))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private List<Column> all() {
        return Stream.of(key, set, greatest).flatMap(List::stream).toList();
    }

    private static String each(List<Column> columns, String format, String separator) {
        return columns.stream()
                .map(column -> String.format(format, column.name()))
                .collect(Collectors.joining(separator));
    }

    private static List<Column> joined(List<Column> before, String... columns) {
        List<Column> all = new ArrayList<>(before);
        Arrays.stream(columns)
                .map(column -> column.split(" ", 2))
                .map(parts -> new Column(parts[0], parts[1]))
                .forEach(all::add);
        return List.copyOf(all);
    }
}
