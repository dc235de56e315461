package io.postern.benchmarks.growth;

import io.postern.benchmarks.measure.Slice;
import io.postern.benchmarks.request.Requests;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a request costs while more and more threads send them: a lock would show as time that threads wait for each other. */
final class ThreadGrowth {

    static final List<Integer> STEPS = List.of(1, 2, 4, 8);

    private static final long SLICE_MILLIS = 400;
    private static final int ROUNDS = 9;

    private ThreadGrowth() {}

    /**
     * One step.
     *
     * @param micros of processor time of a request, median of the rounds
     * @param blocked how often a thread waited for a monitor, of all rounds
     */
    record Step(double micros, long blocked) {}

    static List<Step> run(Requests requests) throws Exception {
        int calls = (int)
                Math.max(1, SLICE_MILLIS * 1e6 / Slice.of(requests, 20_000).nanos());
        requests.run(calls * 4);
        calls = (int) Math.max(1, SLICE_MILLIS * 1e6 / Slice.of(requests, calls).nanos());
        List<List<Double>> micros = new ArrayList<>();
        long[] blocked = new long[STEPS.size()];
        STEPS.forEach(step -> micros.add(new ArrayList<>()));
        for (int round = 0; round < ROUNDS; round++) {
            for (int step = 0; step < STEPS.size(); step++) {
                int threads = STEPS.get(step);
                List<Part> parts = together(requests, threads, calls / threads);
                micros.get(step)
                        .add(parts.stream().mapToDouble(Part::nanos).average().orElseThrow() / 1_000);
                blocked[step] += parts.stream().mapToLong(Part::blocked).sum();
            }
        }
        List<Step> steps = new ArrayList<>();
        for (int step = 0; step < blocked.length; step++) {
            List<Double> sorted = micros.get(step).stream().sorted().toList();
            steps.add(new Step(sorted.get(sorted.size() / 2), blocked[step]));
        }
        return steps;
    }

    private static List<Part> together(Requests requests, int threads, int calls)
            throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Part>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Requests own = requests.copy();
                futures.add(executor.submit(() -> Part.of(own, calls)));
            }
            List<Part> parts = new ArrayList<>();
            for (Future<Part> future : futures) {
                parts.add(future.get());
            }
            return parts;
        } finally {
            executor.shutdown();
        }
    }

    private record Part(double nanos, long blocked) {

        static Part of(Requests requests, int calls) throws Exception {
            double nanos = Slice.of(requests, calls).nanos();
            return new Part(
                    nanos,
                    ManagementFactory.getThreadMXBean()
                            .getThreadInfo(Thread.currentThread().getId())
                            .getBlockedCount());
        }
    }
}
