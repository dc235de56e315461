package io.postern.conformance.replay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/**
 * Sends requests over a bare socket. An HTTP client library would refuse or mend the malformed
 * headers that many scenarios are about.
 *
 * @param host the address to connect to
 * @param port the port to connect to
 */
record RawHttp(String host, int port) {

    private static final int TIMEOUT_MILLIS = 20_000;

    /** What goes into the {@code Host} header where a case gives none. */
    String authority() {
        return host + ":" + port;
    }

    Answer send(RawRequest request) {
        try (Connection connection = connect()) {
            return connection.send(request);
        }
    }

    /** Sends nothing more after a request, even if more was announced. */
    Answer sendAndHangUp(RawRequest request) {
        try (Connection connection = connect()) {
            return connection.sendLast(request);
        }
    }

    Connection connect() {
        try {
            Socket socket = new Socket();
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            return new Connection(socket, new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new CaseProblem("no connection to " + authority(), e);
        }
    }

    /** A connection that can be used for one request after another. */
    record Connection(Socket socket, InputStream in) implements AutoCloseable {

        Answer send(RawRequest request) {
            writeAsFarAsWanted(socket, request.toBytes());
            try {
                return new AnswerReader(in).read(request.method());
            } catch (IOException e) {
                throw new CaseProblem("%s %s: %s".formatted(request.method(), request.path(), e), e);
            }
        }

        Answer sendLast(RawRequest request) {
            writeAsFarAsWanted(socket, request.toBytes());
            try {
                socket.shutdownOutput();
                return new AnswerReader(in).read(request.method());
            } catch (IOException e) {
                return new Answer(Answer.NONE, List.of(), new byte[0]);
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new CaseProblem("the connection cannot be closed", e);
            }
        }
    }

    /** A server that answers early (413, 431) may stop reading; the answer is there nevertheless. */
    private static void writeAsFarAsWanted(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException ignored) {
            // Whether there is an answer shows when it is read.
        }
    }
}
