package io.postern.conformance.replay;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/**
 * Records all that Postern's loggers log, down to TRACE, until it is closed, and the secrets that were used meanwhile.
 */
final class LogTap implements AutoCloseable {

    private static final String LOGGER = "io.postern";

    private final Secrets secrets = new Secrets();
    private final Set<String> lines = ConcurrentHashMap.newKeySet();
    private final Set<String> linesOfCase = ConcurrentHashMap.newKeySet();
    private final LongAdder events = new LongAdder();
    private final Logger logger = (Logger) LoggerFactory.getLogger(LOGGER);
    private final Level levelBefore = logger.getLevel();
    private final boolean additiveBefore = logger.isAdditive();
    private final Recorder recorder = new Recorder();

    LogTap() {
        recorder.setContext(logger.getLoggerContext());
        recorder.start();
        logger.addAppender(recorder);
        logger.setLevel(Level.TRACE);
        // Thousands of lines, too many for the console.
        logger.setAdditive(false);
    }

    Secrets secrets() {
        return secrets;
    }

    /** What was said, without the time and each line once. */
    Set<String> lines() {
        return Set.copyOf(lines);
    }

    /** Clears what {@link #linesOfCase} would return. */
    void beginCase() {
        linesOfCase.clear();
    }

    /** What was said since the last {@link #beginCase}. */
    Set<String> linesOfCase() {
        return Set.copyOf(linesOfCase);
    }

    long events() {
        return events.sum();
    }

    @Override
    public void close() {
        logger.detachAppender(recorder);
        logger.setLevel(levelBefore);
        logger.setAdditive(additiveBefore);
        recorder.stop();
    }

    private static String lineOf(ILoggingEvent event) {
        StringBuilder line =
                new StringBuilder(event.getLoggerName()).append(' ').append(event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs()
                    .forEach(pair ->
                            line.append(' ').append(pair.key).append('=').append(pair.value));
        }
        event.getMDCPropertyMap()
                .forEach(
                        (key, value) -> line.append(' ').append(key).append('=').append(value));
        if (event.getThrowableProxy() != null) {
            line.append('\n').append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString();
    }

    private final class Recorder extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            events.increment();
            String line = lineOf(event);
            lines.add(line);
            linesOfCase.add(line);
        }
    }
}
