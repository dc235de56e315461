package io.postern.auth.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.memory.InMemoryRevocationStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevocationFeedSweepTest {

    private static final Duration TICK = Duration.ofNanos(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Time time = new Time();
    private final FeedCopy copy = new FeedCopy(
            new InMemoryRevocationStore(time),
            FeedLimits.of(Duration.ofSeconds(1), Duration.ofSeconds(10), 10),
            time,
            time);

    @Test
    void deletes_expired_entries_once_a_minute() {
        learnExpired("a");
        time.pass(MINUTE.minus(TICK));
        poll();
        assertThat(copy.size()).isOne();

        time.pass(Duration.ofSeconds(1));
        poll();
        assertThat(copy.size()).isZero();

        learnExpired("b");
        time.pass(MINUTE.minus(TICK));
        poll();
        assertThat(copy.size()).isOne();

        time.pass(Duration.ofSeconds(1));
        poll();
        assertThat(copy.size()).isZero();
    }

    private void learnExpired(String family) {
        copy.learn(List.of(new Revocation(
                Revocation.Kind.FAMILY,
                family,
                Time.START.minus(Duration.ofHours(3)),
                Time.START.minus(Duration.ofHours(2)))));
    }

    private void poll() {
        copy.poll();
    }
}
