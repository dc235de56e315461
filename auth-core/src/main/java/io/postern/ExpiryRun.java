package io.postern;

import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what has expired, a batch at a time. */
final class ExpiryRun {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryRun.class);
    private static final int BATCH = 1_000;

    private final List<IntUnaryOperator> batches;

    ExpiryRun(Components parts) {
        this.batches = parts.expiryJobs();
    }

    /** One store that fails must not let the others grow. */
    int run() {
        int all = 0;
        Optional<RuntimeException> failure = Optional.empty();
        for (IntUnaryOperator batch : batches) {
            try {
                all += drain(batch);
            } catch (RuntimeException e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return all;
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
