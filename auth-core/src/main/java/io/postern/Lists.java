package io.postern;

import java.util.List;
import java.util.stream.Stream;

/** Joins the two halves of "at least one". */
final class Lists {

    private Lists() {}

    @SafeVarargs
    static <T> List<T> of(T first, T... others) {
        return Stream.concat(Stream.of(first), Stream.of(others)).toList();
    }
}
