package io.postern.conformance.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A port to which no client has a reason to connect. */
final class Canary implements AutoCloseable {

    private final ServerSocketChannel listening;

    Canary() {
        try {
            listening = ServerSocketChannel.open();
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listening.configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listening.socket().getLocalPort();
    }

    /** How many connections there were since this was last asked; they get no answer. */
    int visits() {
        int visits = 0;
        try {
            for (SocketChannel visitor = listening.accept(); visitor != null; visitor = listening.accept()) {
                visits++;
                visitor.close();
            }
            return visits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
