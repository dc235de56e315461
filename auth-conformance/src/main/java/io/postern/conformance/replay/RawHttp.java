package io.postern.conformance.replay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** Sends requests on one connection, each after the answer to the one before, as long as it stays open. */
    List<Answer> sendInTurn(List<RawRequest> requests) {
        List<Answer> answers = new ArrayList<>();
        try (Connection connection = connect()) {
            for (RawRequest request : requests) {
                Optional<Answer> answer = connection.sendIfOpen(request);
                if (answer.isEmpty() && !answers.isEmpty()) {
                    return answers;
                }
                answers.add(answer.orElse(Answer.none()));
            }
        }
        return answers;
    }

    /** Sends requests on one connection at once, and returns all answers up to its end, however many there are. */
    List<Answer> sendPipelined(List<RawRequest> requests) {
        List<Answer> answers = new ArrayList<>();
        try (Connection connection = connect()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            requests.forEach(request -> all.writeBytes(request.toBytes()));
            writeAsFarAsWanted(connection.socket(), all.toByteArray());
            String method = requests.get(0).method();
            for (Optional<Answer> answer = connection.next(method);
                    answer.isPresent();
                    answer = connection.next(method)) {
                answers.add(answer.get());
            }
        }
        return answers.isEmpty() ? List.of(Answer.none()) : answers;
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
                return Answer.none();
            }
        }

        /** Nothing if the connection ended before. */
        Optional<Answer> sendIfOpen(RawRequest request) {
            writeAsFarAsWanted(socket, request.toBytes());
            return next(request.method());
        }

        Optional<Answer> next(String method) {
            try {
                return Optional.of(new AnswerReader(in).read(method));
            } catch (IOException e) {
                return Optional.empty();
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
