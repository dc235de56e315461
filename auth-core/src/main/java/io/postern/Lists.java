package io.postern;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Joins the two halves of "at least one". */
final class Lists {

    private Lists() {}

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is read, never kept or handed on
    static <T> List<T> of(T first, T... others) {
        List<T> all = new ArrayList<>();
        all.add(first);
        Collections.addAll(all, others);
        return List.copyOf(all);
    }
}
