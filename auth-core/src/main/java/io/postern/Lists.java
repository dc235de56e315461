package io.postern;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Lists that are named in one call. */
final class Lists {

    private Lists() {}

    /** Joins the two halves of "at least one". */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is read, never kept or handed on
    static <T> List<T> of(T first, T... others) {
        List<T> all = new ArrayList<>();
        all.add(first);
        Collections.addAll(all, others);
        all.forEach(each -> Objects.requireNonNull(each, "one of those named is null"));
        return List.copyOf(all);
    }

    /** A second call could mean to add to the first or to replace it, so there is none. */
    static <T> Optional<List<T>> once(String what, Optional<List<T>> before, List<T> named) {
        if (before.isPresent()) {
            throw new IllegalStateException(what + " are named twice: name all of them in one call");
        }
        return Optional.of(named);
    }
}
