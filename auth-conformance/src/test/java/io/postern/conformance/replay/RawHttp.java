package io.postern.conformance.replay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Sends requests over a bare socket, one connection each. An HTTP client library would refuse or mend the malformed
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
        byte[] bytes = request.toBytes();
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            writeAsFarAsWanted(socket, bytes);
            return new AnswerReader(in).read(request.method());
        } catch (IOException e) {
            throw new CaseProblem("%s %s: %s".formatted(request.method(), request.path(), e), e);
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
