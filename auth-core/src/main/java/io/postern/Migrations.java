package io.postern;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The database tables of a component, as versioned SQL files on the class path: {@code <folder>/<database>/V1__<component>.sql},
 * then {@code V2__…} and so on without a gap, for each of the databases {@code postgresql}, {@code mariadb} and {@code h2}.
 *
 * <pre>{@code
 * Migrations tables = Migrations.of("notes", "META-INF/notes");
 * stores.schema().with(tables).install();
 * }</pre>
 *
 * <p>Statements end with a semicolon at the end of a line, comments are whole lines that begin with {@code --}, and {@code
 * ${prefix}} stands for the prefix of all table names. The last statement of a file records its version: {@code INSERT INTO
 * ${prefix}schema (component, version) VALUES ('notes', 1);}. A statement may run again after a failure, so write {@code
 * CREATE TABLE IF NOT EXISTS}. Immutable and safe for use by several threads.
 */
public final class Migrations {

    private static final Pattern COMPONENT = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private final String component;
    private final String folder;
    private final Class<?> owner;

    private Migrations(String component, String folder, Class<?> owner) {
        this.component = component;
        this.folder = folder;
        this.owner = owner;
    }

    /**
     * Creates a description of a component's tables.
     *
     * @param component the component, a lower-case name of up to 64 letters, digits and underscores
     * @param folder the folder, found by the class loader of the calling class. In a named module it must not be a package,
     *     so begin it with {@code META-INF/}.
     * @throws IllegalArgumentException if the name has another form
     */
    public static Migrations of(String component, String folder) {
        if (!COMPONENT.matcher(component).matches()) {
            throw new IllegalArgumentException("the component of migrations is \"" + component
                    + "\": use a lower-case letter and up to 63 lower-case letters, digits and underscores");
        }
        Objects.requireNonNull(folder, "folder");
        Class<?> caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .getCallerClass();
        return new Migrations(component, folder, caller);
    }

    /** Returns the name of the component. */
    public String component() {
        return component;
    }

    /** Returns the path of the file of a version on the class path. */
    public String path(String database, int version) {
        return folder + "/" + database + "/V" + version + "__" + component + ".sql";
    }

    /** Returns the content of the file of a version; empty if there is none. */
    public Optional<String> script(String database, int version) {
        try (InputStream file = owner.getResourceAsStream("/" + path(database, version))) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
