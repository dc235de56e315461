package io.postern.benchmarks.measure;

/** What is measured. */
@FunctionalInterface
public interface Work {

    /**
     * Does it several times, and fails unless each had the right result.
     *
     * @param calls how many times
     */
    void run(int calls) throws Exception;
}
