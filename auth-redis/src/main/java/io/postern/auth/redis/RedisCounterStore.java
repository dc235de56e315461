package io.postern.auth.redis;

import io.postern.auth.Throttle.Admission;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.throttle.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Stores a sliding log of each caller's requests, sorted by time. */
final class RedisCounterStore implements CounterStore {

    private static final Script ACQUIRE = Script.named("acquire");

    /** How much the clocks of servers may differ; not an hour, since each address that sends one request costs a key. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Commands redis;

    RedisCounterStore(Commands redis) {
        this.redis = redis;
    }

    @Override
    public Admission tryAcquire(String key, Rate rate, Instant now) {
        List<String> args = List.of(
                Times.micros(now),
                Times.micros(now.minus(rate.period())),
                Integer.toString(rate.limit()),
                Long.toString(rate.period().plus(MARGIN).toMillis()),
                Times.micros(rate.latest(now)));
        return redis.run(
                ACQUIRE,
                "count a request",
                List.of(redis.key("c", Text.inKey(key))),
                args,
                reply -> admission(rate, now, (List<?>) reply));
    }

    private static Admission admission(Rate rate, Instant now, List<?> reply) {
        if (reply.isEmpty()) {
            return new Admission.Admitted();
        }
        int count = Math.toIntExact(Commands.number(reply.get(0)));
        Instant oldest = count == 0 ? now : Times.instant((String) reply.get(1));
        return new Admission.Refused(rate.waitAfter(count, oldest, now));
    }
}
