package io.postern;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.StoreException;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.internal.OutageLog;
import io.postern.auth.internal.PlainText;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and reports what failed, and responds with 503 for a store, else with 500 and an opaque id. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final ErrorFormat errors;
    private final AuthListener listener;
    private final Clock clock;
    private final OutageLog outage;

    Failures(ErrorFormat errors, AuthListener listener, Clock clock) {
        this.errors = errors;
        this.listener = listener;
        this.clock = clock;
        this.outage = new OutageLog("stores", clock);
    }

    AuthResponse respond(AuthRequest request, Throwable failure) {
        if (failure instanceof StoreException) {
            outage.failed(failure);
            listener.on(new AuthEvent.StoreFailed(
                    clock.instant(),
                    request.method(),
                    request.path(),
                    request.remoteAddress(),
                    String.valueOf(failure.getMessage())));
            return errors.response(Denial.unavailable(Duration.ofSeconds(1)));
        }
        // The id is all that the client and the log have in common.
        String id = UUID.randomUUID().toString();
        LOG.error("{} {} failed with id {}", PlainText.of(request.method()), PlainText.of(request.path()), id, failure);
        return errors.response(
                Denial.of(500, "A server error occurred.", "error").withMember("id", id));
    }

    /** Ends an outage, if there is one. */
    void succeeded() {
        outage.succeeded();
    }
}
