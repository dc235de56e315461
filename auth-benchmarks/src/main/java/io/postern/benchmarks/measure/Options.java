package io.postern.benchmarks.measure;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Options of the command line, each a name and a value: {@code --slices 41}. */
public final class Options {

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads options.
     *
     * @param from the index of the first one
     * @param known the names without dashes
     */
    public static Options of(String[] arguments, int from, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        for (int i = from; i < arguments.length; i += 2) {
            String name = arguments[i].replaceFirst("^--", "");
            if (!known.contains(name) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("unknown option or no value: " + arguments[i] + "; use one of --"
                        + String.join(", --", known.stream().sorted().toList()));
            }
            values.put(name, arguments[i + 1]);
        }
        return new Options(values);
    }

    /** Returns a number. */
    public int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** Returns a value. */
    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
