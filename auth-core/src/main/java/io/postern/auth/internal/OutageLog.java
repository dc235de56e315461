package io.postern.auth.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the failures of one dependency without a stack trace for each request of an outage: the first failure with its stack,
 * then a count once a minute, then the recovery: the first success after ten seconds without a failure. Safe for use by
 * several threads.
 */
public final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final String name;
    private final Clock clock;
    private volatile boolean failing;
    private long failures;
    private @Nullable Instant reported;
    private @Nullable Instant last;

    /**
     * Creates the log of a dependency.
     *
     * @param name what fails, at the start of each line
     */
    public OutageLog(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    /** Counts a failure, and logs it if it is the first one or none was logged for a minute. */
    public void failed(Throwable failure) {
        long count = count();
        if (count == 1) {
            LOG.error("{}: not available; further failures are counted", name, failure);
        } else if (count > 1) {
            LOG.error("{}: {} failures in this outage, the last one: {}", name, count, failure.toString());
        }
    }

    /** Is called after each success, so it reads one field unless there is an outage. */
    public void succeeded() {
        if (!failing) {
            return;
        }
        long count = end();
        if (count > 0) {
            LOG.info("{}: available again, after {} failures", name, count);
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
