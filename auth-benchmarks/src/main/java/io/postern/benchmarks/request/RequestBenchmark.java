package io.postern.benchmarks.request;

import io.postern.benchmarks.contender.Contenders;
import io.postern.benchmarks.measure.ChildJvm;
import io.postern.benchmarks.measure.Figures;
import io.postern.benchmarks.measure.Numbers;
import io.postern.benchmarks.measure.Options;
import io.postern.benchmarks.measure.Turns;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Prints what requests cost, each scheme in a JVM of its own. */
public final class RequestBenchmark {

    private static final Set<String> OPTIONS = Set.of("slices", "millis", "warm-up", "only");
    private static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");

    private RequestBenchmark() {}

    /** Prints the whole table. */
    public static void run(String[] arguments, int from) throws Exception {
        Options options = Options.of(arguments, from, OPTIONS);
        System.out.println("| case | min µs | median µs | max µs | B | ratio p10 | ratio | ratio p90 |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        Pattern only = Pattern.compile(options.text("only", ".*"));
        for (String scheme : Contenders.schemes()) {
            if (only.matcher(scheme).matches()) {
                List<String> child = List.of(
                        scheme,
                        String.valueOf(options.number("slices", 31)),
                        String.valueOf(options.number("millis", 40)),
                        String.valueOf(options.number("warm-up", 2_000)));
                ChildJvm.run(FLAGS, RequestBenchmark.class, child).forEach(System.out::println);
            }
        }
    }

    /**
     * Measures one scheme in this JVM: the child of {@link #run}.
     *
     * @param arguments scheme, slices, milliseconds of a slice and of the warm-up
     */
    public static void main(String[] arguments) throws Exception {
        Turns turns = new Turns(
                Integer.parseInt(arguments[1]),
                Long.parseLong(arguments[2]) * 1_000_000,
                Long.parseLong(arguments[3]) * 1_000_000);
        for (Map.Entry<String, List<Requests>> group :
                RequestCases.of(arguments[0]).entrySet()) {
            List<Figures> figures = turns.run(group.getValue());
            for (int i = 0; i < figures.size(); i++) {
                System.out.println(row(group.getKey(), group.getValue().get(i).name(), figures.get(i)));
            }
        }
        // Sa-Token leaves a thread.
        System.exit(0);
    }

    private static String row(String group, String name, Figures found) {
        return String.format(
                Locale.ROOT,
                "| %s: %s | %s | %s | %s | %,.0f | %s | **%s** | %s |",
                group,
                name,
                Numbers.of(found.micros(0)),
                Numbers.of(found.micros(0.5)),
                Numbers.of(found.micros(1)),
                found.bytes(),
                Numbers.of(found.ratio(0.1)),
                Numbers.of(found.ratio(0.5)),
                Numbers.of(found.ratio(0.9)));
    }
}
