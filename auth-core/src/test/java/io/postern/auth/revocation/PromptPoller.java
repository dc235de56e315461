package io.postern.auth.revocation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Polls on the thread of a request whenever a thread that is always in time would have polled before it. */
final class PromptPoller implements FeedPoller {

    private final FeedCopy copy;
    private final long interval;
    private @Nullable Long last;

    PromptPoller(FeedCopy copy, Duration interval) {
        this.copy = copy;
        this.interval = interval.toNanos();
    }

    @Override
    public synchronized void onRequest(long now) {
        if (last == null || now - last > interval) {
            last = now;
            copy.poll();
        }
    }

    @Override
    public void awaitPoll() {}

    @Override
    public void close() {}
}
