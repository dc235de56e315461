package io.postern.benchmarks.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One connection that sends its next request when it has the whole response; the bytes are made once. */
final class Connection implements AutoCloseable {

    private final SocketChannel channel;
    private final List<ByteBuffer> requests;
    private final ByteBuffer response = ByteBuffer.allocate(8_192);
    private int next;
    private int expected;
    private long sent;

    Connection(int port, List<String> credentials) throws IOException {
        this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.requests = credentials.stream().map(Connection::request).toList();
    }

    void register(Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send() throws IOException {
        ByteBuffer request = requests.get(next).duplicate();
        next = (next + 1) % requests.size();
        expected = 0;
        response.clear();
        sent = System.nanoTime();
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /** Returns the nanoseconds that the response took, or 0 while it is incomplete. */
    long receive() throws IOException {
        if (channel.read(response) < 0) {
            throw new IOException("the server closed the connection");
        }
        if (expected == 0) {
            expected = length();
        }
        if (expected == 0 || response.position() < expected) {
            return 0;
        }
        return System.nanoTime() - sent;
    }

    /** Returns the length of the whole response, or 0 while its header is incomplete. */
    private int length() throws IOException {
        String text = new String(response.array(), 0, response.position(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return 0;
        }
        if (!text.startsWith("HTTP/1.1 200")) {
            throw new IOException("not granted: " + text);
        }
        int name = text.indexOf("Content-Length: ");
        int start = name + "Content-Length: ".length();
        return end + 4 + Integer.parseInt(text.substring(start, text.indexOf('\r', start)));
    }

    private static ByteBuffer request(String credential) {
        String authorization = credential.isEmpty() ? "" : "Authorization: " + credential + "\r\n";
        return ByteBuffer.wrap(
                ("GET /api/things HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n" + authorization + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
