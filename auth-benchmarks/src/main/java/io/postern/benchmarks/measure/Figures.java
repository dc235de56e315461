package io.postern.benchmarks.measure;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What several contenders cost, slice by slice.
 *
 * @param slices of one contender, in the order of the rounds
 * @param floor those of the first contender in the same rounds
 */
public record Figures(List<Slice> slices, List<Slice> floor) {

    /** Returns microseconds of processor time: the least for 0, the median for 0.5, the greatest for 1. */
    public double micros(double part) {
        return part(slices, part, Slice::nanos) / 1_000;
    }

    /** Returns microseconds by the clock. */
    public double wallMicros(double part) {
        return part(slices, part, Slice::wallNanos) / 1_000;
    }

    /** Returns the median of the allocated bytes. */
    public double bytes() {
        return part(slices, 0.5, Slice::bytes);
    }

    /** Returns the ratio to the floor's slice of the same round. */
    public double ratio(double part) {
        double[] ratios = new double[slices.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = slices.get(i).nanos() / floor.get(i).nanos();
        }
        return part(ratios, part);
    }

    private static double part(List<Slice> slices, double part, ToDoubleFunction<Slice> value) {
        return part(slices.stream().mapToDouble(value).toArray(), part);
    }

    /** Returns the value below which that part of the values is. */
    public static double part(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round((sorted.length - 1) * part)];
    }
}
