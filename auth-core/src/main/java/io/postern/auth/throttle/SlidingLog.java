package io.postern.auth.throttle;

import java.util.Arrays;

/** Times in order, the oldest first, as nanoseconds since 1970. Changed by one thread at a time. */
final class SlidingLog {

    private long[] times = new long[4];
    private int start;
    private int end;
    private volatile long expiry = Long.MIN_VALUE;

    int size() {
        return end - start;
    }

    long oldest() {
        return times[start];
    }

    /** Returns when the log is of no more use; unlike the rest, any thread may ask. */
    long expiry() {
        return expiry;
    }

    void dropUntil(long time) {
        while (start < end && times[start] <= time) {
            start++;
        }
    }

    /** Forgets what a clock has written that was set back since; else it would refuse until the clock is there again. */
    void dropAfter(long time, long period) {
        if (start == end || times[end - 1] <= time) {
            return;
        }
        while (start < end && times[end - 1] > time) {
            end--;
        }
        expiry = start == end ? Long.MIN_VALUE : Math.addExact(times[end - 1], period);
    }

    void add(long time, long period) {
        makeRoom();
        int place = end;
        // Parallel callers read the clock before they get their turn, so the latest is not always the last.
        while (place > start && times[place - 1] > time) {
            times[place] = times[place - 1];
            place--;
        }
        times[place] = time;
        end++;
        expiry = Math.max(expiry, Math.addExact(times[end - 1], period));
    }

    private void makeRoom() {
        if (end < times.length) {
            return;
        }
        int size = size();
        long[] target = size > times.length / 2 ? new long[Math.multiplyExact(times.length, 2)] : times;
        System.arraycopy(times, start, target, 0, size);
        times = target;
        start = 0;
        end = size;
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOfRange(times, start, end));
    }
}
