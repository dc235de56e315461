package io.postern.auth.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends exactly what it is told, which others mend. */
record RawHttp(int port) {

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
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
        List.of(headers).forEach(header -> text.append(header).append("\r\n"));
        if (content.length > 0 && List.of(headers).stream().noneMatch(h -> h.startsWith("Content-Length"))) {
            text.append("Content-Length: ").append(content.length).append("\r\n");
        }
        text.append("Connection: close\r\n\r\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(content);
        return exchange(out.toByteArray());
    }

    private Reply exchange(byte[] request) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            return parse(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        }
    }

    private static Reply parse(byte[] bytes) {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = all.indexOf("\r\n\r\n");
        String[] lines = all.substring(0, end).split("\r\n");
        Map<String, List<String>> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] pair = lines[i].split(":", 2);
            headers.computeIfAbsent(pair[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(pair[1].strip());
        }
        boolean chunked = headers.getOrDefault("transfer-encoding", List.of()).contains("chunked");
        String body = all.substring(end + 4);
        return new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers, chunked ? joined(body) : body);
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
