package io.postern.auth.jdbc.sql;

import io.postern.Extension.Migrations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A step from one version of a component's tables to the next. It records its version as its last statement, so that
 * another tool (Flyway, Liquibase, psql) that runs these files leaves the same tables.
 *
 * @param component the component
 * @param version the version after this step
 * @param script its statements, with a placeholder for the table prefix
 */
record Migration(String component, int version, String script) {

    /** Returns the steps of a component, in order. */
    static List<Migration> all(Migrations migrations, Dialect dialect) {
        String database = dialect.folder();
        List<Migration> all = new ArrayList<>();
        Optional<String> script = migrations.script(database, 1);
        while (script.isPresent()) {
            int version = all.size() + 1;
            all.add(new Migration(migrations.component(), version, script.get()));
            script = migrations.script(database, version + 1);
        }
        if (all.isEmpty()) {
            throw new IllegalStateException("the file " + migrations.path(database, 1)
                    + " is not on the class path: add the SQL for " + dialect);
        }
        return all;
    }

    /** Returns the statements one by one, without comments. */
    List<String> statements() {
        String code = script.replaceAll("(?m)^--.*$", "");
        return Arrays.stream(code.split(";\\s*(\\n|$)"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
