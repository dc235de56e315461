package io.postern.examples.todo;

import io.postern.Postern;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets once an hour what has expired, so that nothing grows for ever. */
final class Housekeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final int AT_ONCE = 1_000;

    private final ScheduledExecutorService hourly = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "housekeeper");
        thread.setDaemon(true);
        return thread;
    });

    Housekeeper(Postern postern) {
        var unused = hourly.scheduleWithFixedDelay(() -> tidy(postern), 1, 1, TimeUnit.HOURS);
    }

    /** Returns how many rows it forgot. An exception would end the schedule. */
    static int tidy(Postern postern) {
        try {
            return all(postern.tokens()::purge)
                    + all(postern.refreshTokens()::purge)
                    + all(postern.revocations()::purge);
        } catch (RuntimeException e) {
            LOG.warn("purging failed; the next try is in an hour", e);
            return 0;
        }
    }

    @Override
    public void close() {
        hourly.shutdownNow();
    }

    private static int all(IntUnaryOperator purge) {
        int sum = 0;
        int gone;
        do {
            gone = purge.applyAsInt(AT_ONCE);
            sum += gone;
        } while (gone == AT_ONCE);
        return sum;
    }
}
