package io.postern.conformance.replay;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.LoggerFactory;

/**
 * Hears all that Postern's loggers say down to TRACE, from the first test that asks for it to the end of the run, and
 * knows the secrets that those tests dealt with. Tests extended with {@link Extension} share the one of their run.
 */
final class LogTap implements AutoCloseable {

    private static final String LOGGER = "io.postern";

    private final Secrets secrets = new Secrets();
    private final Set<String> lines = ConcurrentHashMap.newKeySet();
    private final LongAdder events = new LongAdder();
    private final Logger logger = (Logger) LoggerFactory.getLogger(LOGGER);
    private final Level levelBefore = logger.getLevel();
    private final Recorder recorder = new Recorder();

    LogTap() {
        recorder.setContext(logger.getLoggerContext());
        recorder.start();
        logger.addAppender(recorder);
        logger.setLevel(Level.TRACE);
        // Thousands of lines, which nobody would read on the console.
        logger.setAdditive(false);
    }

    Secrets secrets() {
        return secrets;
    }

    /** What was said, without the time and each line once. */
    Set<String> lines() {
        return Set.copyOf(lines);
    }

    long events() {
        return events.sum();
    }

    @Override
    public void close() {
        logger.detachAppender(recorder);
        logger.setLevel(levelBefore);
        logger.setAdditive(true);
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
            lines.add(lineOf(event));
        }
    }

    /** Opens the tap before the tests of a class and hands it to their constructor. */
    static final class Extension implements BeforeAllCallback, ParameterResolver {

        private static final Namespace NAMESPACE = Namespace.create(LogTap.class);

        @Override
        public void beforeAll(ExtensionContext context) {
            shared(context);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == LogTap.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return shared(context);
        }

        /** Kept with the run, which closes it at its end. */
        private static LogTap shared(ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(LogTap.class, key -> new LogTap(), LogTap.class);
        }
    }
}
