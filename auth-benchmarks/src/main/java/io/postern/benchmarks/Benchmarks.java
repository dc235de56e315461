package io.postern.benchmarks;

/**
 * Prints the rows of {@code docs/benchmarks.md}: {@code java -jar auth-benchmarks.jar stores}, or {@code large}, {@code
 * purge}, {@code logins}, {@code flood}.
 */
public final class Benchmarks {

    private static final int SMALL = 10_000;
    private static final int LARGE = 10_000_000;

    private Benchmarks() {}

    /**
     * Runs the benchmarks of a name.
     *
     * @param arguments the name
     * @throws Exception if a server does not start or a result is wrong
     */
    public static void main(String[] arguments) throws Exception {
        switch (arguments.length == 1 ? arguments[0] : "") {
            case "stores" -> stores();
            case "large" -> large();
            case "purge" -> deleteExpired();
            case "logins" -> new LoginBenchmark().run().forEach(System.out::println);
            case "flood" -> new FloodBenchmark().run().forEach(System.out::println);
            default ->
                throw new IllegalArgumentException("unknown benchmark: use one of stores, large, purge, logins, flood");
        }
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
