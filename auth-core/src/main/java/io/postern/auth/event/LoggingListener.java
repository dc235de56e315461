package io.postern.auth.event;

import io.postern.auth.internal.PlainText;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs each event as one line with key-values at its level. All instances are equal, so that no list has two. */
record LoggingListener() implements AuthListener {

    private static final Logger LOG = LoggerFactory.getLogger("io.postern.auth.event");

    @Override
    public void on(AuthEvent event) {
        Level level = Level.valueOf(event.level().name());
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        LoggingEventBuilder line = LOG.atLevel(level);
        for (Map.Entry<String, Object> field : event.fields().entrySet()) {
            line = line.addKeyValue(PlainText.of(field.getKey()), loggable(field.getValue()));
        }
        line.log(PlainText.of(event.name()));
    }

    /** Numbers stay numbers for structured logs; everything else may hold a line break. */
    private static Object loggable(Object value) {
        return value instanceof Number || value instanceof Boolean ? value : PlainText.of(value.toString());
    }
}
