package io.postern.examples.todo;

import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client may say of a todo; id and owner are not among it.
 *
 * @param title what is to be done; null if it was not sent
 * @param done whether it is; null if it was not sent
 */
record TodoFields(@Nullable String title, @Nullable Boolean done) {

    private static final int LONGEST_TITLE = 200;

    /** Refuses a bad title; half a surrogate pair, for one, could be read but never be written. */
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

    /** Changes what was sent and leaves the rest. */
    Todo over(Todo old) {
        return new Todo(old.id(), old.owner(), title == null ? old.title() : title, done == null ? old.done() : done);
    }

    private static DeniedException badTitle() {
        return new DeniedException(
                Denial.of(400, "title must be a text of 1 to " + LONGEST_TITLE + " characters.", "invalid"));
    }
}
