package io.postern.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Compares two things by turns, slice by slice in one process, so that whatever else the machine does hits both alike; a
 * ratio of two slices side by side repeats where two runs do not.
 */
final class Paired {

    private static final int WARM_UP = 20;
    private static final int SLICES = 60;
    private static final long SLICE_NANOS = 200_000_000;

    private Paired() {}

    /** What is measured. */
    interface Action {
        void run() throws Exception;
    }

    /** Microseconds of a call in two slices side by side. */
    private record Slice(double floor, double ours) {
        double ratio() {
            return ours / floor;
        }
    }

    /** Returns a row of a table: median of the floor, of ours, of the ratio, and its tenth and ninetieth part. */
    static String compare(String name, Action floor, Action ours) throws Exception {
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < WARM_UP + SLICES; i++) {
            // The second one finds warm caches, so they alternate.
            boolean first = i % 2 == 0;
            double one = micros(first ? floor : ours);
            double other = micros(first ? ours : floor);
            if (i >= WARM_UP) {
                slices.add(first ? new Slice(one, other) : new Slice(other, one));
            }
        }
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.2f | %.2f to %.2f |",
                name,
                part(slices, Slice::floor, 0.5),
                part(slices, Slice::ours, 0.5),
                part(slices, Slice::ratio, 0.5),
                part(slices, Slice::ratio, 0.1),
                part(slices, Slice::ratio, 0.9));
    }

    private static double micros(Action action) throws Exception {
        long start = System.nanoTime();
        long calls = 0;
        long spent = 0;
        while (spent < SLICE_NANOS) {
            action.run();
            calls++;
            spent = System.nanoTime() - start;
        }
        return spent / 1_000.0 / calls;
    }

    private static double part(List<Slice> slices, ToDoubleFunction<Slice> value, double part) {
        return slices.stream()
                .map(value::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList()
                .get((int) (slices.size() * part));
    }
}
