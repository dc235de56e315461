package io.postern.auth.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can hang or be cut. */
final class Wire implements AutoCloseable {

    private final ServerSocket door;
    private final String host;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private boolean hanging;

    Wire(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on no byte comes through, and nobody is told. */
    synchronized void hang() {
        hanging = true;
    }

    /** Closes all connections and those to come. */
    void cut() {
        cut = true;
        open.forEach(Wire::close);
        open.clear();
    }

    synchronized void mend() {
        cut = false;
        hanging = false;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        door.close();
        mend();
        cut();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (cut) {
                    close(client);
                    continue;
                }
                Socket server = new Socket(host, port);
                open.add(client);
                open.add(server);
                start(() -> pump(client, server));
                start(() -> pump(server, client));
            } catch (IOException e) {
                // The door was closed, or the server is gone: the client finds out.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8_192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                await();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side has gone; closing tells the other.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private synchronized void await() {
        while (hanging) {
            try {
                wait();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }
}
