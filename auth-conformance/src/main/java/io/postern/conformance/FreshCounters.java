package io.postern.conformance;

import io.postern.auth.Throttle.Admission;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.throttle.Rate;
import java.time.Instant;
import java.util.UUID;

/** Counts apart from a server that ran before on the same store, whose clock the hooks had moved ahead. */
record FreshCounters(CounterStore counters, String run) implements CounterStore {

    static CounterStore in(CounterStore counters) {
        return new FreshCounters(counters, UUID.randomUUID().toString());
    }

    @Override
    public Admission tryAcquire(String key, Rate rate, Instant now) {
        return counters.tryAcquire(run + ":" + key, rate, now);
    }
}
