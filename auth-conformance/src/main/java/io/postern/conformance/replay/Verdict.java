package io.postern.conformance.replay;

import java.util.List;

/** What became of a hostile input. */
sealed interface Verdict {

    /** It was answered as wanted. */
    record Passed() implements Verdict {}

    /** It was answered as the list of departures says. */
    record Departed(String reason) implements Verdict {}

    /** It was answered otherwise, or could not be sent because something about it is not known. */
    record Failed(List<String> reasons) implements Verdict {

        public Failed {
            reasons = List.copyOf(reasons);
        }
    }

    /** It is not sent. */
    record Skipped(String reason) implements Verdict {}
}
