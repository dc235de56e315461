package io.postern.benchmarks;

import io.postern.benchmarks.growth.GrowthBenchmark;
import io.postern.benchmarks.http.HttpBenchmark;
import io.postern.benchmarks.request.RequestBenchmark;
import io.postern.benchmarks.request.RequestJmh;

/**
 * Prints the tables of {@code docs/benchmarks.md}: {@code java -jar auth-benchmarks.jar requests}, or {@code http}, {@code
 * growth}, {@code all} of these three, {@code jmh}; and the rows of the stores: {@code stores}, {@code large}, {@code purge},
 * {@code logins}, {@code flood}.
 */
public final class Benchmarks {

    private static final int SMALL = 10_000;
    private static final int LARGE = 10_000_000;

    private Benchmarks() {}

    /**
     * Runs the benchmarks of a name.
     *
     * @param arguments the name, and options of the first three: {@code requests --only jwt-.* --slices 41}
     * @throws Exception if a server does not start or a result is wrong
     */
    public static void main(String[] arguments) throws Exception {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "requests" -> RequestBenchmark.run(arguments, 1);
            case "http" -> HttpBenchmark.run(arguments, 1);
            case "growth" -> GrowthBenchmark.run(arguments, 1);
            case "all" -> all();
            case "jmh" -> RequestJmh.run(arguments, 1);
            case "stores" -> stores();
            case "large" -> large();
            case "purge" -> deleteExpired();
            case "logins" -> new LoginBenchmark().run().forEach(System.out::println);
            case "flood" -> new FloodBenchmark().run().forEach(System.out::println);
            default ->
                throw new IllegalArgumentException("unknown benchmark: use one of requests, http, growth, all, jmh,"
                        + " stores, large, purge, logins, flood");
        }
    }

    private static void all() throws Exception {
        String[] none = {};
        RequestBenchmark.run(none, 0);
        System.out.println();
        HttpBenchmark.run(none, 0);
        GrowthBenchmark.run(none, 0);
    }

    private static void stores() throws Exception {
        System.out.println(new TokenBenchmark().redis(SMALL));
        try (PostgresBed bed = PostgresBed.start()) {
            bed.addTokens(0, SMALL, "NULL");
            System.out.println(new TokenBenchmark().postgresql(bed, SMALL));
            System.out.println(new RefreshBenchmark(bed).run());
        }
    }

    /** The floor is a request among ten thousand tokens, in a database of its own. */
    private static void large() throws Exception {
        try (PostgresBed small = PostgresBed.start();
                PostgresBed large = PostgresBed.start()) {
            small.addTokens(0, SMALL, "NULL");
            large.addTokens(0, LARGE, "NULL");
            System.out.println(new TokenBenchmark().large(small, SMALL, large, LARGE));
        }
    }

    private static void deleteExpired() throws Exception {
        try (PostgresBed bed = PostgresBed.start()) {
            bed.addTokens(0, SMALL, "NULL");
            new PurgeBenchmark(bed).run().forEach(System.out::println);
        }
    }
}
