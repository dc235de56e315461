package io.postern.auth.memory;

import java.util.Arrays;

/** Sorted times, the oldest first, in nanoseconds since 1970. Not safe for use by several threads. */
final class SlidingLog {

    private long[] times = new long[4];
    private int start;
    private int end;
    private int limit;
    private long expiry = Long.MIN_VALUE;

    int size() {
        return end - start;
    }

    long oldest() {
        return times[start];
    }

    /** Returns when the last of the times no longer counts. */
    long expiry() {
        return expiry;
    }

    /** Returns whether the next request of the caller is rejected, unless a time no longer counts by then. */
    boolean isExhausted() {
        return size() >= limit;
    }

    /** Drops times that no longer count. */
    void dropUntil(long time) {
        while (start < end && times[start] <= time) {
            start++;
        }
    }

    /** Replaces times after the latest possible one, which a clock wrote before it was set back, by the present. */
    void moveBack(long latest, long now, long period) {
        if (start == end || times[end - 1] <= latest) {
            return;
        }
        int moved = 0;
        while (start < end && times[end - 1] > latest) {
            end--;
            moved++;
        }
        expiry = start == end ? Long.MIN_VALUE : Math.addExact(times[end - 1], period);
        for (; moved > 0; moved--) {
            add(now, period);
        }
    }

    /** Sets the number of requests from which on the caller is rejected. */
    void limit(int value) {
        limit = value;
    }

    void add(long time, long period) {
        makeRoom();
        int at = end;
        // Parallel callers read the clock before they are counted, so times need not arrive in order.
        while (at > start && times[at - 1] > time) {
            times[at] = times[at - 1];
            at--;
        }
        times[at] = time;
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
