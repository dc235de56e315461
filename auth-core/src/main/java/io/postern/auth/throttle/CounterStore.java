package io.postern.auth.throttle;

import io.postern.auth.StoreException;
import io.postern.auth.Throttle.Admission;
import java.time.Instant;

/**
 * Keeps on record when each caller asked.
 *
 * <p>Implement this to count across servers. It is called for each request that a throttle counts, on the thread of the
 * request. Implement {@code CounterStoreContract} of {@code auth-testkit} to test it. Implementations are safe for use by
 * several threads. One call is atomic, on all servers that share the store: of any number of parallel callers no more
 * than the limit are admitted.
 *
 * <p>Stands where DRF has its cache, whose read-then-write lets parallel callers slip through (drf-contract TH-10).
 */
public interface CounterStore {

    /**
     * Records a request if the rate allows it (drf-contract TH-2, a sliding log).
     *
     * <p>Records of {@code now - period} and before do not count. If fewer than the limit are left, the request is
     * recorded and admitted. Else it is refused, is not recorded, and {@link Rate#waitAfter} says how long to wait.
     *
     * @param key whose record it is
     * @param rate the limit; the store keeps a record no longer than its period
     * @param now the time of the request
     * @return the answer
     * @throws StoreException if the store cannot answer
     */
    Admission tryAcquire(String key, Rate rate, Instant now);
}
