package io.postern.benchmarks.http;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The load of some connections, by one thread.
 *
 * @param perSecond requests in a second
 * @param medianMicros until a response was complete
 * @param p99Micros the same of one in a hundred
 * @param requests how many
 */
record Load(double perSecond, double medianMicros, double p99Micros, int requests) {

    private static final int MOST = 4_000_000;

    static Load run(int port, List<String> credentials, int connections, long millis) throws IOException {
        List<Connection> open = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                Connection connection = new Connection(port, credentials);
                open.add(connection);
                connection.register(selector);
                connection.send();
            }
            return run(selector, millis);
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    private static Load run(Selector selector, long millis) throws IOException {
        int[] nanos = new int[MOST];
        int count = 0;
        long start = System.nanoTime();
        long end = start + millis * 1_000_000;
        while (System.nanoTime() < end && count < MOST - 64) {
            selector.select(1_000);
            for (SelectionKey key : selector.selectedKeys()) {
                Connection connection = (Connection) key.attachment();
                long took = connection.receive();
                if (took > 0) {
                    nanos[count++] = (int) Math.min(Integer.MAX_VALUE, took);
                    connection.send();
                }
            }
            selector.selectedKeys().clear();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(nanos, 0, count);
        return new Load(count / seconds, nanos[count / 2] / 1e3, nanos[(int) (count * 0.99)] / 1e3, count);
    }
}
