package io.postern;

import io.postern.AuthenticatorFactory.Components;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes expired rows of all stores in small batches. */
final class ExpiryRun {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryRun.class);
    private static final int BATCH = 1_000;

    private final List<Extension.ExpiryJob> jobs;

    ExpiryRun(Components components) {
        this.jobs = components.expiryJobs();
    }

    /** Runs every job, so that one failing store does not let the others grow; then throws the first failure. */
    int run() {
        int deleted = 0;
        @Nullable RuntimeException failure = null;
        for (Extension.ExpiryJob job : jobs) {
            try {
                deleted += drain(job);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else if (failure != e) {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return deleted;
    }

    /** Logs a failure, because an exception would end the schedule. */
    void tryRun() {
        try {
            run();
        } catch (RuntimeException e) {
            LOG.warn("deleting expired rows failed; it is tried again after the interval", e);
        }
    }

    private static int drain(Extension.ExpiryJob job) {
        int all = 0;
        int last;
        do {
            last = job.deleteExpired(BATCH);
            all += last;
        } while (last == BATCH);
        return all;
    }
}
