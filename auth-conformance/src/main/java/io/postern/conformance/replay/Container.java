package io.postern.conformance.replay;

import jakarta.servlet.ServletContext;
import java.util.Locale;
import java.util.function.Consumer;

/** A servlet container on a free port of the loopback address, with one application at the root. */
interface Container extends AutoCloseable {

    /** Larger than Postern's own limits, so that Postern's are the ones that apply. */
    int HEADER_SIZE = 24_576;

    /** The containers that the hostile inputs are sent to. */
    enum Kind {
        JETTY,
        TOMCAT;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Starts a container.
         *
         * @param asOverTls whether requests look as if they had come over TLS
         * @param application registers filters and servlets
         */
        Container start(boolean asOverTls, Consumer<ServletContext> application) throws Exception {
            return switch (this) {
                case JETTY -> JettyContainer.start(asOverTls, application);
                case TOMCAT -> TomcatContainer.start(asOverTls, application);
            };
        }
    }

    int port();

    /** Lets the idle time of a session be over. */
    void expire(String sessionId);

    @Override
    void close();
}
