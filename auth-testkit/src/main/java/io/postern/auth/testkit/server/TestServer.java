package io.postern.auth.testkit.server;

import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A servlet container on a free port of the loopback address, for tests over HTTP. {@link JettyServer} is
 * one; implement this for another container.
 *
 * <pre>{@code
 * try (TestServer server = JettyServer.start(new TestServer.Application(context -> AuthFilter.register(context, postern)))) {
 *     get("http://127.0.0.1:" + server.port() + "/");
 * }
 * }</pre>
 */
public interface TestServer extends AutoCloseable {

    /**
     * A web application.
     *
     * @param contextPath empty for the root
     * @param start registers filters and servlets
     * @param errorPages locations by status
     */
    record Application(String contextPath, Consumer<ServletContext> start, Map<Integer, String> errorPages) {

        /** Creates an application at the root, without error pages. */
        public Application(Consumer<ServletContext> start) {
            this("", start, Map.of());
        }
    }

    /** Starts a container, for tests that run in several. */
    @FunctionalInterface
    interface Starter {

        /**
         * Starts a container with applications.
         *
         * @throws Exception if one of them does not start
         */
        TestServer start(Application... applications) throws Exception;
    }

    /** Returns the port on the loopback address. */
    int port();

    /** Stops the container. */
    @Override
    void close();
}
