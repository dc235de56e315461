package io.postern.auth.servlet;

import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.function.Consumer;

/** A container that runs on a free port. */
interface TestServer extends AutoCloseable {

    /** What a container has to run. */
    record Application(String contextPath, Consumer<ServletContext> start, Map<Integer, String> errorPages) {}

    /** Starts a container. */
    @FunctionalInterface
    interface Starter {
        TestServer start(Application... applications) throws Exception;
    }

    int port();

    @Override
    void close();

    default RawHttp http() {
        return new RawHttp(port());
    }
}
