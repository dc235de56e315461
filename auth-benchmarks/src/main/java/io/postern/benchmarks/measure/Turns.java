package io.postern.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures contenders by turns, slice by slice in one JVM, so that whatever else the machine does hits all of them alike. The
 * first one is the floor.
 *
 * @param slices measured of each
 * @param sliceNanos processor time of one slice, about
 * @param warmUpNanos processor time of each before the first measured slice
 */
public record Turns(int slices, long sliceNanos, long warmUpNanos) {

    private static final int MAX_CALLS = 50_000_000;

    /** Returns the figures in the order of the works. */
    public List<Figures> run(List<? extends Work> works) throws Exception {
        int[] calls = warmUp(works);
        List<List<Slice>> found = new ArrayList<>();
        works.forEach(work -> found.add(new ArrayList<>()));
        for (int round = 0; round < slices; round++) {
            for (int turn = 0; turn < works.size(); turn++) {
                // No one is always behind the same neighbour's garbage.
                int at = (turn + round) % works.size();
                found.get(at).add(Slice.of(works.get(at), calls[at]));
            }
        }
        return found.stream().map(mine -> new Figures(mine, found.get(0))).toList();
    }

    /** By turns too: each gets slower when the JIT learns that there are others. */
    private int[] warmUp(List<? extends Work> works) throws Exception {
        int[] calls = new int[works.size()];
        double[] spent = new double[works.size()];
        boolean isCold = true;
        while (isCold) {
            isCold = false;
            for (int i = 0; i < calls.length; i++) {
                if (spent[i] >= warmUpNanos) {
                    continue;
                }
                calls[i] = Math.max(1, calls[i]);
                double nanos = Slice.of(works.get(i), calls[i]).nanos();
                spent[i] += nanos * calls[i];
                isCold |= spent[i] < warmUpNanos;
                // At most ten times as many: the first calls are those that the interpreter runs.
                calls[i] =
                        (int) Math.max(1, Math.min(Math.min(MAX_CALLS, 10.0 * calls[i]), (double) sliceNanos / nanos));
            }
        }
        return calls;
    }
}
