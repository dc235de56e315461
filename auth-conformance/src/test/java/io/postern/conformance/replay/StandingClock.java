package io.postern.conformance.replay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A clock that stands still but when it is moved, so that what has to expire in this second does. */
final class StandingClock extends Clock {

    private final Instant present = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private volatile Instant now = present;

    void goTo(Duration beforeThePresent) {
        now = present.minus(beforeThePresent);
    }

    @Override
    public Instant instant() {
        return now;
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
