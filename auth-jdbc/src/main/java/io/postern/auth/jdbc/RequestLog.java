package io.postern.auth.jdbc;

import io.postern.auth.Throttle.Admission;
import io.postern.auth.throttle.Rate;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** The times of a caller's requests, oldest first, in nanoseconds since 1970; stored as eight bytes each. */
final class RequestLog {

    private static final long SECOND = 1_000_000_000L;
    // Leaves room for adding and subtracting the longest period.
    private static final long LAST_SECOND = Long.MAX_VALUE / SECOND - 400L * 86_400;

    private final long[] times;

    private RequestLog(long[] times) {
        this.times = times;
    }

    static RequestLog empty() {
        return new RequestLog(new long[0]);
    }

    static RequestLog of(byte[] stored) {
        LongBuffer buffer = ByteBuffer.wrap(stored).asLongBuffer();
        long[] times = new long[buffer.remaining()];
        buffer.get(times);
        return new RequestLog(times);
    }

    byte[] stored() {
        ByteBuffer buffer = ByteBuffer.allocate(times.length * Long.BYTES);
        buffer.asLongBuffer().put(times);
        return buffer.array();
    }

    /** Returns the log without the requests that no longer count for a rate. */
    RequestLog during(Rate rate, Instant now) {
        long gone = nanos(now) - rate.period().toNanos();
        int first = 0;
        while (first < times.length && times[first] <= gone) {
            first++;
        }
        return first == 0 ? this : new RequestLog(Arrays.copyOfRange(times, first, times.length));
    }

    /** Returns the log with the present in the place of times that a clock wrote before it was set back. */
    RequestLog movedBack(Rate rate, Instant now) {
        long latest = nanos(rate.latest(now));
        if (times.length == 0 || times[times.length - 1] <= latest) {
            return this;
        }
        long[] moved = Arrays.stream(times)
                .map(time -> time > latest ? nanos(now) : time)
                .sorted()
                .toArray();
        return new RequestLog(moved);
    }

    /** Returns the refusal, if the limit is reached. */
    Optional<Admission> refusal(Rate rate, Instant now) {
        if (times.length < rate.limit()) {
            return Optional.empty();
        }
        Instant oldest = times.length == 0 ? now : instant(times[0]);
        return Optional.of(new Admission.Refused(rate.waitAfter(times.length, oldest, instant(nanos(now)))));
    }

    /** Returns the log with one more request, which is not always the latest, since the clocks of servers differ. */
    RequestLog with(Instant time) {
        long added = nanos(time);
        long[] more = Arrays.copyOf(times, times.length + 1);
        int index = times.length;
        while (index > 0 && more[index - 1] > added) {
            more[index] = more[index - 1];
            index--;
        }
        more[index] = added;
        return new RequestLog(more);
    }

    /** Returns when the last request of the log, which is not empty, no longer counts. */
    Instant expires(Rate rate) {
        return instant(times[times.length - 1]).plus(rate.period());
    }

    /** Times more than 290 years from 1970 become the last or first one. */
    private static long nanos(Instant time) {
        long seconds = time.getEpochSecond();
        if (seconds > LAST_SECOND) {
            return LAST_SECOND * SECOND;
        }
        return seconds < -LAST_SECOND ? -LAST_SECOND * SECOND : seconds * SECOND + time.getNano();
    }

    private static Instant instant(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }
}
