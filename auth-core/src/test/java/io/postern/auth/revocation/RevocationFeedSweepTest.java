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
    private final RevocationFeed feed = new RevocationFeed(
            new InMemoryRevocationStore(time),
            FeedLimits.of(Duration.ofSeconds(1), Duration.ofSeconds(10), 10),
            time,
            time);

    @Test
    void looks_for_what_has_expired_once_a_minute_and_no_more_often() {
        learnExpired("a");
        time.pass(MINUTE.minus(TICK));
        poll();
        assertThat(feed.size()).isOne();

        time.pass(Duration.ofSeconds(1));
        poll();
        assertThat(feed.size()).isZero();

        learnExpired("b");
        time.pass(MINUTE.minus(TICK));
        poll();
        assertThat(feed.size()).isOne();

        time.pass(Duration.ofSeconds(1));
        poll();
        assertThat(feed.size()).isZero();
    }

    private void learnExpired(String family) {
        feed.learn(List.of(new Revocation(
                Revocation.Kind.FAMILY,
                family,
                Time.START.minus(Duration.ofHours(3)),
                Time.START.minus(Duration.ofHours(2)))));
    }

    private void poll() {
        feed.isRevoked(new Revocation.Subject("other", "t", "u", Time.START));
    }
}
