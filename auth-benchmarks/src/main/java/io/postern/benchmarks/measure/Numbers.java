package io.postern.benchmarks.measure;

import java.util.Locale;

/** Numbers as in the tables: three digits that mean something. */
public final class Numbers {

    private Numbers() {}

    /** Formats a number. */
    public static String of(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (value >= 10) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        if (value >= 0.1) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
        if (value >= 0.01) {
            return String.format(Locale.ROOT, "%.3f", value);
        }
        return value >= 0.001 ? String.format(Locale.ROOT, "%.4f", value) : String.format(Locale.ROOT, "%.6f", value);
    }
}
