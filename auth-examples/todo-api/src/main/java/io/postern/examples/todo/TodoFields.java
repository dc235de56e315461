package io.postern.examples.todo;

import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a todo that a client may set.
 *
 * @param title null if it was not sent
 * @param done null if it was not sent
 */
record TodoFields(@Nullable String title, @Nullable Boolean done) {

    private static final int LONGEST_TITLE = 200;

    /** Rejects an invalid title, for instance with half a surrogate pair, which could be read but not written. */
    TodoFields {
        if (title != null
                && (title.isBlank()
                        || title.length() > LONGEST_TITLE
                        || !StandardCharsets.UTF_8.newEncoder().canEncode(title))) {
            throw badTitle();
        }
    }

    String requiredTitle() {
        return Optional.ofNullable(title).orElseThrow(TodoFields::badTitle);
    }

    boolean isDone() {
        return Boolean.TRUE.equals(done);
    }

    /** Returns the todo with the fields that were sent. */
    Todo over(Todo old) {
        return new Todo(old.id(), old.owner(), title == null ? old.title() : title, done == null ? old.done() : done);
    }

    private static DeniedException badTitle() {
        return new DeniedException(
                Denial.of(400, "title must be a string of 1 to " + LONGEST_TITLE + " characters.", "invalid"));
    }
}
