package io.postern.samples;

import io.postern.auth.Throttle.Admission;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.throttle.Rate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

// sample: counter-store
/** Counts requests in this process: the times of the latest requests of each key. */
final class MapCounterStore implements CounterStore {

    private final Map<String, List<Instant>> logs = new ConcurrentHashMap<>();

    @Override
    public Admission tryAcquire(String key, Rate rate, Instant now) {
        List<Instant> log = logs.computeIfAbsent(key, unused -> new ArrayList<>());
        synchronized (log) { // check and record in one step, or parallel requests would exceed the limit
            log.replaceAll(time -> time.isAfter(rate.latest(now)) ? now : time); // the clock was set back
            log.removeIf(time -> !time.isAfter(now.minus(rate.period())));
            if (log.size() < rate.limit()) {
                log.add(now);
                return new Admission.Admitted();
            }
            Instant oldest = log.isEmpty() ? now : Collections.min(log);
            return new Admission.Refused(rate.waitAfter(log.size(), oldest, now));
        }
    }
}
// end
