package io.postern.benchmarks.request;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The same cases by JMH, a JVM for each, by the clock: the second opinion. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestJmh {

    /** A group and a contender, as in the table. */
    @Param({
        "none: stub",
        "none: postern",
        "jwt-hs256: hand",
        "jwt-hs256: postern",
        "jwt-hs256: postern again",
        "basic-plain: hand",
        "basic-plain: postern",
        "opaque: hand",
        "opaque: postern",
        "session: hand",
        "session: postern"
    })
    public String name = "";

    private @Nullable Requests requests;

    /** Creates and checks the case. */
    @Setup
    public void start() throws Exception {
        int colon = name.indexOf(": ");
        String group = name.substring(0, colon);
        List<Requests> cases = RequestCases.of(group.replaceFirst(",.*", "")).getOrDefault(group, List.of());
        requests = cases.stream()
                .filter(each -> each.name().equals(name.substring(colon + 2)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no case " + name));
    }

    /** One request; what it produces is taken by a field that the JIT may not assume unread. */
    @Benchmark
    public void request() throws Exception {
        Objects.requireNonNull(requests).run(1);
    }

    /**
     * Runs JMH with {@code -prof gc}.
     *
     * @param arguments names of cases from that index on; without any, those above
     */
    public static void run(String[] arguments, int from) throws Exception {
        ChainedOptionsBuilder options =
                new OptionsBuilder().include(RequestJmh.class.getName()).addProfiler(GCProfiler.class);
        if (arguments.length > from) {
            options.param("name", Arrays.copyOfRange(arguments, from, arguments.length));
        }
        new Runner(options.build()).run();
    }
}
