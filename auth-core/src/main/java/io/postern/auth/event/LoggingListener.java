package io.postern.auth.event;

import io.postern.auth.internal.PlainText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes each event as one line with key-values, at the level an operator would expect. */
final class LoggingListener implements AuthListener {

    private static final Logger LOG = LoggerFactory.getLogger("io.postern.auth.event");

    @Override
    public void on(AuthEvent event) {
        describe(LOG.atLevel(levelOf(event)), event).log(event.getClass().getSimpleName());
    }

    private static Level levelOf(AuthEvent event) {
        if (event instanceof AuthEvent.StoreFailed) {
            return Level.ERROR;
        }
        if (event instanceof AuthEvent.RequestDenied denied) {
            return denied.status() >= 500 ? Level.ERROR : Level.INFO;
        }
        boolean alarming = event instanceof AuthEvent.RequestThrottled || event instanceof AuthEvent.RefreshTokenReused;
        return alarming ? Level.WARN : Level.INFO;
    }

    private static LoggingEventBuilder describe(LoggingEventBuilder line, AuthEvent event) {
        if (event instanceof AuthEvent.RequestDenied e) {
            return where(line, e.where())
                    .addKeyValue("status", e.status())
                    .addKeyValue("code", e.code())
                    .addKeyValue("reason", e.reason())
                    .addKeyValue("user", PlainText.of(e.userId()));
        }
        if (event instanceof AuthEvent.RequestThrottled e) {
            return where(line, e.where())
                    .addKeyValue("retryAfter", e.retryAfter())
                    .addKeyValue("user", PlainText.of(e.userId()));
        }
        return event instanceof AuthEvent.StoreFailed e
                ? where(line, e.where()).addKeyValue("failed", e.message())
                : describeLife(line, event);
    }

    private static LoggingEventBuilder describeLife(LoggingEventBuilder line, AuthEvent event) {
        if (event instanceof AuthEvent.LoggedIn e) {
            return line.addKeyValue("method", e.method())
                    .addKeyValue("user", PlainText.of(e.userId()))
                    .addKeyValue("address", PlainText.of(e.address()));
        }
        if (event instanceof AuthEvent.LoginFailed e) {
            return line.addKeyValue("method", e.method())
                    .addKeyValue("reason", e.reason())
                    .addKeyValue("address", PlainText.of(e.address()));
        }
        if (event instanceof AuthEvent.LoggedOut e) {
            return line.addKeyValue("user", PlainText.of(e.userId())).addKeyValue("address", PlainText.of(e.address()));
        }
        if (event instanceof AuthEvent.TokenIssued e) {
            return token(line, e.kind(), e.tokenId(), e.userId());
        }
        if (event instanceof AuthEvent.TokenRevoked e) {
            return token(line, e.kind(), e.tokenId(), e.userId());
        }
        if (event instanceof AuthEvent.TokenRefreshed e) {
            return token(line, "family", e.familyId(), e.userId()).addKeyValue("address", PlainText.of(e.address()));
        }
        if (event instanceof AuthEvent.RefreshTokenReused e) {
            return token(line, "family", e.familyId(), e.userId()).addKeyValue("address", PlainText.of(e.address()));
        }
        return event instanceof AuthEvent.PasswordRehashed e
                ? line.addKeyValue("user", PlainText.of(e.userId()))
                : line;
    }

    private static LoggingEventBuilder token(LoggingEventBuilder line, String kind, String id, String user) {
        return line.addKeyValue("kind", kind)
                .addKeyValue("token", PlainText.of(id))
                .addKeyValue("user", PlainText.of(user));
    }

    private static LoggingEventBuilder where(LoggingEventBuilder line, RequestFacts facts) {
        return line.addKeyValue("method", facts.method())
                .addKeyValue("path", facts.path())
                .addKeyValue("address", facts.address());
    }
}
