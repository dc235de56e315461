package io.postern.conformance.replay;

import java.util.ArrayList;
import java.util.List;

/** Collects where an answer differs from the recorded one. */
final class Mismatches {

    private final List<String> lines = new ArrayList<>();

    void add(String place, String message) {
        lines.add(place + ": " + message);
    }

    void expected(String place, String want, String got) {
        add(place, "expected " + Json.shorten(want) + ", got " + Json.shorten(got));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
