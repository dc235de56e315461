package io.postern.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** How long requests by token take while a million expired tokens are purged beside them, and while nothing is. */
final class PurgeBenchmark {

    private static final int LIVING = 10_000;
    private static final int EXPIRED = 1_000_000;
    private static final long QUIET_MILLIS = 10_000;

    private final PostgresBed bed;

    PurgeBenchmark(PostgresBed bed) {
        this.bed = bed;
    }

    List<String> run() throws Exception {
        bed.addTokens(LIVING, LIVING + EXPIRED, "0");
        Application application = bed.application();
        measure(application, () -> Thread.sleep(QUIET_MILLIS));
        String quiet = row("nothing", measure(application, () -> Thread.sleep(QUIET_MILLIS)));
        long start = System.nanoTime();
        List<Long> busy = measure(application, () -> {
            int purged = application.postern().deleteExpired();
            if (purged != EXPIRED) {
                throw new IllegalStateException("purged " + purged);
            }
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        String name = String.format(Locale.ROOT, "a purge of %d rows, %.0f seconds", EXPIRED, seconds);
        return List.of(quiet, row(name, busy));
    }

    /** Returns nanoseconds of the requests that one client made meanwhile, sorted. */
    private static List<Long> measure(Application application, Paired.Action meanwhile) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Long> nanos = new ArrayList<>();
        Thread client = new Thread(() -> {
            SplittableRandom chance = new SplittableRandom(2);
            while (!done.get()) {
                long start = System.nanoTime();
                application.authenticate(Application.tokenText(chance.nextInt(LIVING)));
                nanos.add(System.nanoTime() - start);
            }
        });
        client.start();
        try {
            meanwhile.run();
        } finally {
            done.set(true);
            client.join();
        }
        Collections.sort(nanos);
        return nanos;
    }

    private static String row(String name, List<Long> nanos) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.2f | %.2f | %.2f | %.1f |",
                name,
                nanos.size(),
                millis(nanos, 0.5),
                millis(nanos, 0.99),
                millis(nanos, 0.999),
                nanos.get(nanos.size() - 1) / 1e6);
    }

    private static double millis(List<Long> nanos, double part) {
        return nanos.get((int) (nanos.size() * part)) / 1e6;
    }
}
