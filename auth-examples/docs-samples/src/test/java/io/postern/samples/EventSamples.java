package io.postern.samples;

import io.postern.PosternBuilder;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
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
        builder.listeners(AuthListener.logging(), counting);
        // end
        return builder;
    }

    static PosternBuilder buffered(PosternBuilder builder, AuthListener auditTrail, Executor oneThread) {
        // sample: buffered
        builder.listeners(AuthListener.logging(), AuthListener.buffered(auditTrail, oneThread, 10_000));
        // end
        return builder;
    }
}
