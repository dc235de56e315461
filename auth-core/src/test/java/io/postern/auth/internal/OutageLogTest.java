package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postern.auth.StoreException;
import io.postern.auth.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutageLogTest {

    private final SettableClock clock = SettableClock.at(Instant.EPOCH);
    private final OutageLog outage = new OutageLog("the stores", clock);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger().addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(lines);
    }

    @Test
    void only_the_first_failure_of_an_outage_has_a_stack() {
        fail(100);

        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.get(0).getThrowableProxy()).isNotNull();
    }

    @Test
    void failures_are_counted_once_a_minute() {
        fail(100);
        clock.advance(Duration.ofMinutes(1));
        fail(50);

        assertThat(lines.list).hasSize(2);
        assertThat(lines.list.get(1).getThrowableProxy()).isNull();
        assertThat(lines.list.get(1).getFormattedMessage())
                .contains("the stores: 101 failures")
                .contains("down");
    }

    @Test
    void the_recovery_is_logged_once() {
        fail(3);
        clock.advance(Duration.ofSeconds(10));
        outage.succeeded();
        outage.succeeded();

        assertThat(lines.list).hasSize(2);
        assertThat(lines.list.get(1).getFormattedMessage()).isEqualTo("the stores: available again, after 3 failures");
        fail(1);
        assertThat(lines.list.get(2).getThrowableProxy()).isNotNull();
    }

    @Test
    void one_store_that_works_does_not_end_the_outage_of_another() {
        for (int i = 0; i < 50; i++) {
            fail(1);
            outage.succeeded();
        }

        assertThat(lines.list).hasSize(1);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            outage.failed(new StoreException("down"));
        }
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(OutageLog.class);
    }
}
