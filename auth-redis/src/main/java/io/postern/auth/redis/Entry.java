package io.postern.auth.redis;

import java.time.Instant;

/**
 * An entry for a row in the index of its user.
 *
 * @param created when the row was created, by which lists are sorted
 * @param id its id, by which they are sorted next
 * @param row the name of the row: a digest or, for families, the id again
 * @param mark {@code p} for a row that is about to be created, else empty; it ends the member
 */
record Entry(Instant created, String id, String row, String mark) {

    private static final String SEPARATOR = "\t";

    /** Greater than any digit at the beginning of a row's name. */
    private static final String LAST = "~";

    private static final String PENDING = "p";
    private static final int PARTS = 4;

    static Entry of(Instant created, String id, String row) {
        return new Entry(created, id, row, "");
    }

    /** Returns the entry of the same row before the row is created. */
    Entry pending() {
        return new Entry(created, id, row, PENDING);
    }

    boolean isPending() {
        return mark.equals(PENDING);
    }

    boolean isOfSameRow(Entry other) {
        return row.equals(other.row) && id.equals(other.id) && created.equals(other.created);
    }

    static Entry parse(String member) {
        String[] parts = member.split(SEPARATOR, PARTS);
        return new Entry(Times.fromSortable(parts[0]), Text.unescape(parts[1]), parts[2], parts[3]);
    }

    String member() {
        return String.join(SEPARATOR, Times.sortable(created), Text.escape(id), row, mark);
    }

    /** Returns what is less than all members after an entry, and not less than that entry. */
    static String after(Instant created, String id) {
        return String.join(SEPARATOR, Times.sortable(created), Text.escape(id), LAST);
    }
}
