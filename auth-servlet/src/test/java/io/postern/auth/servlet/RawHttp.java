package io.postern.auth.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that sends its input unchanged, where other clients normalise it. */
record RawHttp(int port) {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    record Reply(int status, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return String.join(" | ", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
        }

        /** The session cookie as a client would send it back. */
        String cookie() {
            return header("Set-Cookie").split(";", 2)[0];
        }
    }

    Reply get(String target, String... headers) {
        return send("GET", target, "", headers);
    }

    Reply post(String target, String body, String... headers) {
        return send("POST", target, body, headers);
    }

    Reply send(String method, String target, String body, String... headers) {
        return exchange(request(method, target, body, headers), method.equals("HEAD"), false);
    }

    /** Waits until the server is through with the exchange. */
    Reply getToTheEnd(String target, String... headers) {
        return exchange(request("GET", target, "", headers), false, true);
    }

    private byte[] request(String method, String target, String body, String... headers) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
        List.of(headers).forEach(header -> text.append(header).append("\r\n"));
        boolean framed = Arrays.stream(headers).anyMatch(h -> h.matches("(Content-Length|Transfer-Encoding):.*"));
        if (content.length > 0 && !framed) {
            text.append("Content-Length: ").append(content.length).append("\r\n");
        }
        text.append("Connection: close\r\n\r\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(content);
        return out.toByteArray();
    }

    private Reply exchange(byte[] request, boolean head, boolean toTheEnd) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            int next = socket.getInputStream().read();
            while (next >= 0) {
                received.write(next);
                if (!toTheEnd && isWhole(received.toString(StandardCharsets.ISO_8859_1), head)) {
                    break;
                }
                next = socket.getInputStream().read();
            }
            return parse(received.toString(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalStateException("no response", e);
        }
    }

    /** Some servers keep the connection until they have swallowed a body, so its end is not waited for. */
    private static boolean isWhole(String received, boolean head) {
        int end = received.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(received);
        return end > 0 && (head || (length.find() && received.length() >= end + 4 + Integer.parseInt(length.group(1))));
    }

    private static Reply parse(String all) {
        int end = all.indexOf("\r\n\r\n");
        String[] lines = all.substring(0, end).split("\r\n", -1);
        Map<String, List<String>> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] pair = lines[i].split(":", 2);
            headers.computeIfAbsent(pair[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(pair[1].strip());
        }
        boolean chunked = headers.getOrDefault("transfer-encoding", List.of()).contains("chunked");
        String body = all.substring(end + 4);
        return new Reply(Integer.parseInt(lines[0].split(" ", 3)[1]), headers, chunked ? joined(body) : body);
    }

    private static String joined(String chunks) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (at < chunks.length()) {
            int line = chunks.indexOf("\r\n", at);
            int size = Integer.parseInt(chunks.substring(at, line).strip(), 16);
            if (size == 0) {
                break;
            }
            body.append(chunks, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
        return body.toString();
    }
}
