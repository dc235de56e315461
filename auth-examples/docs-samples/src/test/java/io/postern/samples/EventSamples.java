package io.postern.samples;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/** The samples of {@code events.md}. */
final class EventSamples {

    private EventSamples() {}

    static PosternBuilder counting(PosternBuilder builder, LongAdder failures) {
        // sample: listener
        AuthListener counting = event -> {
            if (event instanceof AuthEvent.LoginFailed) {
                failures.increment();
            }
        };
        builder.listeners(counting);
        // end
        return builder;
    }

    static PosternBuilder buffered(PosternBuilder builder, AuthListener auditTrail, Executor oneThread) {
        // sample: buffered
        builder.withoutListeners().listeners(AuthListener.buffered(auditTrail, oneThread, 10_000));
        // end
        return builder;
    }

    // sample: own-event
    /** A user accepted a version of the terms. */
    record TermsAccepted(Instant at, String userId, int version) implements AuthEvent {

        @Override
        public Map<String, Object> fields() {
            return Map.of("user", userId, "version", version);
        }
    }
    // end

    static void publish(Postern postern, Clock clock, String userId) {
        // sample: own-event-use
        postern.listener().on(new TermsAccepted(clock.instant(), userId, 3));
        // end
    }
}
