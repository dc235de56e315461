package io.postern.auth.servlet;

import io.postern.auth.testkit.server.TestServer;
import java.util.stream.Stream;

/** What the tests of every container are run against: the same application at the root and below a context path. */
interface ServletContainerContract {

    /** Returns the two contexts. */
    static Stream<String> contexts() {
        return Stream.of("", "/ctx");
    }

    TestServer.Starter starter();

    TestServer server();

    TestApplication application();

    default RawHttp http() {
        return new RawHttp(server().port());
    }
}
