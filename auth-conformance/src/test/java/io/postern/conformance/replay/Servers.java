package io.postern.conformance.replay;

import io.postern.conformance.ConformanceServer;
import io.postern.conformance.StoreServer;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The servers under test: one a profile, started when it is first needed, on a free port; they share their stores. */
final class Servers implements AutoCloseable {

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Map<String, Replay> replays = new LinkedHashMap<>();
    private final String stores;
    private final Secrets secrets;
    private String url = "";

    Servers(String stores, Secrets secrets) {
        this.stores = stores;
        this.secrets = secrets;
    }

    Replay replayFor(String profile) throws Exception {
        if (!replays.containsKey(profile)) {
            startStores();
            ConformanceServer server = ConformanceServer.start(0, profile, stores, url);
            running.push(server);
            RawHttp http = new RawHttp("127.0.0.1", server.port());
            replays.put(profile, new Replay(http, profile, Clock.systemUTC(), secrets));
        }
        return replays.get(profile);
    }

    private void startStores() throws Exception {
        if (running.isEmpty() && !stores.equals("memory")) {
            StoreServer server = StoreServer.start(stores);
            running.push(server);
            url = server.url();
        }
    }

    /** Stops all of them, the last one first, even if one cannot be stopped. */
    @Override
    public void close() {
        IllegalStateException failure = new IllegalStateException("a server could not be stopped");
        for (AutoCloseable server : running) {
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
