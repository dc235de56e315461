package io.postern.auth.revocation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** A ticker and a clock that pass together, unless the clock is made to jump; for several threads. */
final class Time extends Clock implements LongSupplier {

    static final Instant START = Instant.parse("2026-01-01T00:00:00.700Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    // The range ends 1.2 seconds later, and then careless comparisons break.
    private final AtomicLong ticks = new AtomicLong(Long.MAX_VALUE - 1_200_000_000);

    void pass(Duration time) {
        jump(time);
        ticks.addAndGet(time.toNanos());
    }

    void jump(Duration step) {
        now.updateAndGet(instant -> instant.plus(step));
    }

    @Override
    public long getAsLong() {
        return ticks.get();
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
