package io.postern.examples.todo;

import io.postern.Postern;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Deletes expired rows once an hour. */
final class ExpiryRunner implements AutoCloseable {

    private final ScheduledExecutorService hourly = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "expiry");
        thread.setDaemon(true);
        return thread;
    });

    ExpiryRunner(Postern postern) {
        var unused = postern.deleteExpiredEvery(hourly, Duration.ofHours(1));
    }

    @Override
    public void close() {
        hourly.shutdownNow();
    }
}
