package io.postern.benchmarks.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What one call cost in a slice.
 *
 * @param nanos of processor time of the thread
 * @param wallNanos by the clock
 * @param bytes allocated by the thread
 */
public record Slice(double nanos, double wallNanos, double bytes) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Measures a slice on the current thread. */
    public static Slice of(Work work, int calls) throws Exception {
        long id = Thread.currentThread().getId();
        long bytes = THREADS.getThreadAllocatedBytes(id);
        long wall = System.nanoTime();
        long start = THREADS.getCurrentThreadCpuTime();
        work.run(calls);
        double nanos = THREADS.getCurrentThreadCpuTime() - start;
        double wallNanos = System.nanoTime() - wall;
        return new Slice(
                nanos / calls, wallNanos / calls, (double) (THREADS.getThreadAllocatedBytes(id) - bytes) / calls);
    }
}
