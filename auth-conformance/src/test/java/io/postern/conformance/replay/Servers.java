package io.postern.conformance.replay;

import io.postern.conformance.ConformanceServer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** The servers under test: one a profile, started when it is first needed, on a free port. */
final class Servers implements AutoCloseable {

    private final Map<String, ConformanceServer> running = new LinkedHashMap<>();
    private final Map<String, Replay> replays = new LinkedHashMap<>();
    private final Secrets secrets;

    Servers(Secrets secrets) {
        this.secrets = secrets;
    }

    Replay replayFor(String profile) throws Exception {
        if (!replays.containsKey(profile)) {
            ConformanceServer server = ConformanceServer.start(0, profile);
            running.put(profile, server);
            RawHttp http = new RawHttp("127.0.0.1", server.port());
            replays.put(profile, new Replay(http, profile, Clock.systemUTC(), secrets));
        }
        return replays.get(profile);
    }

    /** Stops all of them, even if one cannot be stopped. */
    @Override
    public void close() {
        IllegalStateException failure = new IllegalStateException("a server could not be stopped");
        for (ConformanceServer server : running.values()) {
            try {
                server.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        running.clear();
        replays.clear();
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
