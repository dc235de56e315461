package io.postern;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the failures of stores without a stack trace for each request of an outage: the first failure with its stack, then
 * a count once a minute, then the recovery: the first success after ten seconds without a failure. Safe for use by several threads.
 */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Clock clock;
    private volatile boolean failing;
    private long failures;
    private @Nullable Instant reported;
    private @Nullable Instant last;

    OutageLog(Clock clock) {
        this.clock = clock;
    }

    void failed(Throwable failure) {
        long count = count();
        if (count == 1) {
            LOG.error("a store failed; further failures are counted", failure);
        } else if (count > 1) {
            LOG.error("a store has failed {} times in this outage, the last time with: {}", count, failure.toString());
        }
    }

    /** Is called by each request that ended without a failure, so it reads one field unless there is an outage. */
    void succeeded() {
        if (!failing) {
            return;
        }
        long count = end();
        if (count > 0) {
            LOG.info("the stores work again, after {} failures", count);
        }
    }

    /** Returns the number of failures if it is time to report it, else 0. */
    private synchronized long count() {
        Instant now = clock.instant();
        failing = true;
        last = now;
        failures++;
        if (reported != null && now.isBefore(reported.plus(INTERVAL)) && !now.isBefore(reported)) {
            return 0;
        }
        reported = now;
        return failures;
    }

    /** Returns the number of failures of the outage that has ended, else 0. */
    private synchronized long end() {
        if (!failing || (last != null && clock.instant().isBefore(last.plus(QUIET)))) {
            return 0;
        }
        long count = failures;
        failing = false;
        failures = 0;
        reported = null;
        return count;
    }
}
