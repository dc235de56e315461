package io.postern;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what has expired, a batch at a time. */
final class Purge {

    private static final Logger LOG = LoggerFactory.getLogger(Purge.class);
    private static final int BATCH = 1_000;

    private final List<IntUnaryOperator> batches;

    Purge(Parts parts) {
        this.batches = parts.purges();
    }

    int run() {
        return batches.stream().mapToInt(Purge::drain).sum();
    }

    /** An exception would end the schedule. */
    void tryRun() {
        try {
            run();
        } catch (RuntimeException e) {
            LOG.warn("purging failed; the next try comes in time", e);
        }
    }

    private static int drain(IntUnaryOperator batch) {
        int all = 0;
        int last;
        do {
            last = batch.applyAsInt(BATCH);
            all += last;
        } while (last == BATCH);
        return all;
    }
}
