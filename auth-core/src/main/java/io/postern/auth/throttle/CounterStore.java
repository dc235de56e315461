package io.postern.auth.throttle;

import io.postern.auth.StoreException;
import io.postern.auth.Throttle.Admission;
import java.time.Instant;

/**
 * Records the requests of each caller for throttles.
 *
 * <p>Implement this to count across servers. It is called for each request that a throttle counts, on the thread of the
 * request. Implement {@code CounterStoreContract} of {@code auth-testkit} to test it. Implementations are safe for use by
 * several threads. One call is atomic, on all servers that share the store: of any number of parallel callers no more
 * than the limit are admitted.
 *
 * <p>Corresponds to DRF's cache, whose read-then-write admits too many parallel callers (drf-contract TH-10).
 */
public interface CounterStore {

    /**
     * Records a request if the rate allows it (drf-contract TH-2, a sliding log).
     *
     * <p>Requests at {@code now - period} and before do not count. If fewer than the limit are left, the request is recorded
     * and admitted. Otherwise it is rejected and not recorded, and {@link Rate#waitAfter} returns the time to wait.
     *
     * <p>A time on record after {@link Rate#latest} is first replaced by {@code now}, whether or not this request is admitted,
     * so that a clock that is set back neither allows the limit twice nor rejects a caller for much longer than a period.
     *
     * @param key identifies the caller
     * @param rate the limit; the store keeps a record no longer than its period
     * @throws StoreException if the store fails
     */
    Admission tryAcquire(String key, Rate rate, Instant now);
}
