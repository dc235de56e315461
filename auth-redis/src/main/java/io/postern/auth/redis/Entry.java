package io.postern.auth.redis;

import java.time.Instant;
import java.util.Optional;

/**
 * A row as the index of its user names it.
 *
 * @param created when it was made, by which lists are sorted
 * @param id its id, by which they are sorted next
 * @param row what names the row: a digest or, for families, the id again
 * @param mark what an index has to know besides; it ends the member
 */
record Entry(Instant created, String id, String row, String mark) {

    private static final String SEPARATOR = "\t";

    /** Greater than any digit that a row's name begins with. */
    private static final String LAST = "~";

    private static final String PENDING = "p";
    private static final int PARTS = 4;

    static Entry of(Instant created, String id, String row) {
        return new Entry(created, id, row, "");
    }

    /** Marks a token that can be told again until it ends. */
    static Entry repeatable(Instant created, String id, String row, Optional<Instant> ends) {
        return new Entry(created, id, row, "r" + ends.map(Times::micros).orElse(""));
    }

    /** Returns the entry of the same row before the row is made. */
    Entry pending() {
        return new Entry(created, id, row, PENDING);
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
