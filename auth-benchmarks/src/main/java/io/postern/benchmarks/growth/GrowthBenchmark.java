package io.postern.benchmarks.growth;

import com.nimbusds.jose.JWSAlgorithm;
import io.postern.benchmarks.contender.HandContender;
import io.postern.benchmarks.contender.Jwts;
import io.postern.benchmarks.contender.PosternContender;
import io.postern.benchmarks.measure.ChildJvm;
import io.postern.benchmarks.measure.Figures;
import io.postern.benchmarks.measure.Numbers;
import io.postern.benchmarks.measure.Options;
import io.postern.benchmarks.measure.Turns;
import io.postern.benchmarks.request.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Prints how the cost of a request grows, and draws it. */
public final class GrowthBenchmark {

    private static final Set<String> OPTIONS = Set.of("slices", "millis", "warm-up", "most-tokens", "into", "only");
    private static final int BUILDS = 5;

    private final Turns turns;
    private final Path pictures;

    private GrowthBenchmark(Options options) {
        this.turns = new Turns(
                options.number("slices", 31),
                options.number("millis", 50) * 1_000_000L,
                options.number("warm-up", 2_500) * 1_000_000L);
        this.pictures = Path.of(options.text("into", "docs"));
    }

    /** Prints the tables, and writes the pictures into the directory {@code docs}. */
    public static void run(String[] arguments, int from) throws Exception {
        Options options = Options.of(arguments, from, OPTIONS);
        GrowthBenchmark benchmark = new GrowthBenchmark(options);
        String only = options.text("only", "policies|threads|tokens|build");
        if ("policies".matches(only)) {
            benchmark.policies();
        }
        if ("threads".matches(only)) {
            benchmark.threads();
        }
        if ("tokens".matches(only)) {
            benchmark.tokens(options.number("most-tokens", 100_000));
        }
        if ("build".matches(only)) {
            build();
        }
    }

    private void policies() throws Exception {
        List<Figures> found = PolicyGrowth.run(turns);
        System.out.println("\n| policies | µs | B | ratio |\n| ---: | ---: | ---: | ---: |");
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            Figures each = found.get(i);
            micros.add(each.micros(0.5));
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %,d | %s | %,.0f | %.2f |",
                    PolicyGrowth.STEPS.get(i),
                    Numbers.of(each.micros(0.5)),
                    each.bytes(),
                    each.ratio(0.5)));
        }
        draw(
                "policies.svg",
                new Chart(
                        "A request by opaque token among policies",
                        "µs of processor time",
                        steps(PolicyGrowth.STEPS),
                        List.of(new Chart.Line("opaque token in memory", micros))));
    }

    private void threads() throws Exception {
        Jwts jwts = Jwts.of(JWSAlgorithm.HS256);
        Map<String, Requests> all = new LinkedHashMap<>();
        all.put("opaque: hand", Requests.good(HandContender.opaque()));
        all.put("opaque: ours", Requests.good(PosternContender.opaque()));
        all.put("JWT again: ours", Requests.good(PosternContender.jwtAgain(jwts)));
        System.out.println("\n| µs of processor time, threads: | 1 | 2 | 4 | 8 | waits for a monitor, 8 threads |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        List<Chart.Line> lines = new ArrayList<>();
        for (Map.Entry<String, Requests> each : all.entrySet()) {
            List<ThreadGrowth.Step> steps = ThreadGrowth.run(each.getValue());
            List<Double> micros = steps.stream().map(ThreadGrowth.Step::micros).toList();
            lines.add(new Chart.Line(each.getKey(), micros));
            System.out.println("| " + each.getKey() + " | "
                    + String.join(" | ", micros.stream().map(Numbers::of).toList()) + " | "
                    + steps.get(steps.size() - 1).blocked() + " |");
        }
        draw(
                "threads.svg",
                new Chart("A request beside other threads", "µs of processor time", steps(ThreadGrowth.STEPS), lines));
    }

    private void tokens(int most) throws Exception {
        List<Integer> steps = new ArrayList<>(List.of(1_000, 100_000));
        if (most > 100_000) {
            steps.add(most);
        }
        List<Figures> found = TokenGrowth.run(turns, steps);
        System.out.println("\n| tokens in PostgreSQL | µs by the clock | µs of the client's processor | B |");
        System.out.println("| ---: | ---: | ---: | ---: |");
        List<Double> clock = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            Figures each = found.get(i);
            clock.add(each.wallMicros(0.5));
            processor.add(each.micros(0.5));
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %,d | %s | %s | %,.0f |",
                    steps.get(i),
                    Numbers.of(each.wallMicros(0.5)),
                    Numbers.of(each.micros(0.5)),
                    each.bytes()));
        }
        draw(
                "tokens.svg",
                new Chart(
                        "A request by opaque token in PostgreSQL",
                        "µs",
                        steps(steps),
                        List.of(
                                new Chart.Line("by the clock", clock),
                                new Chart.Line("client's processor", processor))));
    }

    private static void build() throws Exception {
        double[] first = new double[BUILDS];
        double[] warm = new double[BUILDS];
        for (int i = 0; i < BUILDS; i++) {
            String[] line = ChildJvm.run(List.of("-Xmx256m", "-XX:+UseSerialGC"), BuildCost.class, List.of())
                    .get(0)
                    .split(" ");
            first[i] = Double.parseDouble(line[0]);
            warm[i] = Double.parseDouble(line[1]);
        }
        System.out.println("\n| build() | ms of processor time, median of " + BUILDS + " JVMs |\n| --- | ---: |");
        System.out.println("| the first of a JVM | " + Numbers.of(Figures.part(first, 0.5)) + " |");
        System.out.println("| a warm one | " + Numbers.of(Figures.part(warm, 0.5)) + " |");
    }

    private void draw(String file, Chart chart) throws IOException {
        Files.writeString(pictures.resolve("benchmark-" + file), chart.svg());
    }

    private static List<String> steps(List<Integer> numbers) {
        return numbers.stream()
                .map(number -> String.format(Locale.ROOT, "%,d", number))
                .toList();
    }
}
