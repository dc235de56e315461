package io.postern.benchmarks.http;

import io.postern.benchmarks.measure.ChildJvm;
import io.postern.benchmarks.measure.Figures;
import io.postern.benchmarks.measure.Numbers;
import io.postern.benchmarks.measure.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Prints what requests cost a server, each contender in a JVM of its own that gets its load by turns with the others. */
public final class HttpBenchmark {

    private static final Set<String> OPTIONS = Set.of("rounds", "millis", "warm-up", "connections", "only");
    private static final List<String> FLAGS = List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC");

    private HttpBenchmark() {}

    /** Prints the table. */
    public static void run(String[] arguments, int from) throws Exception {
        Options options = Options.of(arguments, from, OPTIONS);
        int connections = options.number("connections", 16);
        Map<String, Running> servers = new LinkedHashMap<>();
        try {
            for (String name : HttpServer.names()) {
                if (name.matches(options.text("only", ".*")) || name.equals(HttpServer.NO_AUTHENTICATION)) {
                    servers.put(name, Running.start(name));
                }
            }
            Map<String, List<Round>> rounds = new LinkedHashMap<>();
            for (int round = -1; round < options.number("rounds", 5); round++) {
                int millis = round < 0 ? options.number("warm-up", 8_000) : options.number("millis", 3_000);
                for (Map.Entry<String, Running> server : servers.entrySet()) {
                    Round measured = server.getValue().load(connections, millis);
                    if (round >= 0) {
                        rounds.computeIfAbsent(server.getKey(), name -> new ArrayList<>())
                                .add(measured);
                    }
                }
            }
            print(rounds);
        } finally {
            servers.values().forEach(Running::stop);
        }
    }

    private static void print(Map<String, List<Round>> rounds) {
        System.out.println(
                "| server | requests/s | p50 ms | p99 ms | server µs a request | ratio, same round | from to |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | --- |");
        List<Round> floor = rounds.values().iterator().next();
        rounds.forEach((name, mine) -> {
            double[] ratios = new double[mine.size()];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = mine.get(i).serverMicros() / floor.get(i).serverMicros();
            }
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %.2f | %.2f | %s | **%.2f** | %.2f to %.2f |",
                    name,
                    median(mine, round -> round.load().perSecond()),
                    median(mine, round -> round.load().medianMicros()) / 1_000,
                    median(mine, round -> round.load().p99Micros()) / 1_000,
                    Numbers.of(median(mine, Round::serverMicros)),
                    Figures.part(ratios, 0.5),
                    Figures.part(ratios, 0),
                    Figures.part(ratios, 1)));
        });
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        return Figures.part(rounds.stream().mapToDouble(value).toArray(), 0.5);
    }

    /** One round's load, and the processor time of the whole server for each request. */
    private record Round(Load load, double serverMicros) {}

    private record Running(Process process, int port, List<String> credentials) {

        static Running start(String name) throws IOException {
            Process process = ChildJvm.start(FLAGS, HttpServer.class, List.of(name));
            BufferedReader output = process.inputReader();
            String port = output.readLine();
            String credentials = output.readLine();
            if (port == null || credentials == null) {
                throw new IOException("the server did not start: " + name);
            }
            return new Running(
                    process,
                    Integer.parseInt(port),
                    List.of(name.equals(HttpServer.NO_AUTHENTICATION) ? new String[] {""} : credentials.split("\\|")));
        }

        Round load(int connections, int millis) throws IOException {
            Duration before = spent();
            Load load = Load.run(port, credentials, connections, millis);
            return new Round(load, (spent().toNanos() - before.toNanos()) / 1e3 / load.requests());
        }

        private Duration spent() {
            return process.info().totalCpuDuration().orElseThrow();
        }

        void stop() {
            process.destroy();
        }

        @Override
        public String toString() {
            return "Running[" + port + "]";
        }
    }
}
