package io.postern.auth.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A step from one version of the tables to the next. It writes its version as its last statement, so whoever else runs
 * these files (Flyway, Liquibase, a person) leaves the same tables.
 *
 * @param version the version that it leads to
 * @param script its statements, with a placeholder for the table prefix
 */
record Migration(int version, String script) {

    /** No package's name, so that migration tools find the files in a module too. */
    private static final String FOLDER = "/META-INF/postern/jdbc/";

    private static final List<String> FILES = List.of("V1__postern.sql");

    /** Returns the steps that this release knows, the first first. */
    static List<Migration> all(Dialect dialect) {
        return FILES.stream()
                .map(file -> new Migration(version(file), read(FOLDER + dialect.folder() + "/" + file)))
                .toList();
    }

    /** Returns the statements one by one, without comments. */
    List<String> statements() {
        String code = script.replaceAll("(?m)^--.*$", "");
        return Arrays.stream(code.split(";\\s*(\\n|$)"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static int version(String file) {
        return Integer.parseInt(file.substring(1, file.indexOf("__")));
    }

    private static String read(String path) {
        try (InputStream file = Migration.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException(path + " is not in the jar of auth-jdbc");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
