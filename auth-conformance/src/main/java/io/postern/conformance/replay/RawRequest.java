package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request down to its bytes: nothing is normalised, so that odd requests reach the server as written. */
final class RawRequest {

    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final String HTTP_1_1 = "HTTP/1.1";
    private static final Header CLOSE = new Header("Connection", "close");

    private final String method;
    private final String path;
    private final String version;
    private final List<Header> headers;
    private final byte[] body;

    private RawRequest(String method, String path, String version, List<Header> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.version = version;
        this.headers = headers;
        this.body = body;
    }

    static RawRequest withoutBody(String method, String path, String host) {
        return new RawRequest(method, path, HTTP_1_1, completed(List.of(), method, host, 0), new byte[0]);
    }

    static RawRequest of(String method, String path, List<Header> headers, byte[] body, String host) {
        return new RawRequest(method, path, HTTP_1_1, completed(headers, method, host, body.length), body.clone());
    }

    /** The request of a step, in which every variable has been filled in. */
    static RawRequest from(JsonNode request, String host) {
        String method = Json.textOf(request.required("method"));
        List<Header> given = new ArrayList<>();
        for (Map.Entry<String, JsonNode> header : request.path("headers").properties()) {
            Iterable<JsonNode> values = header.getValue().isArray() ? header.getValue() : List.of(header.getValue());
            values.forEach(value -> given.add(new Header(header.getKey(), Json.textOf(value))));
        }
        RequestBody body = RequestBody.of(request);
        if (!has(given, "Content-Type")) {
            body.mediaType().ifPresent(type -> given.add(new Header("Content-Type", type)));
        }
        byte[] content = body.toBytes();
        String path = Json.textOf(request.required("path"));
        return new RawRequest(method, path, HTTP_1_1, completed(given, method, host, content.length), content);
    }

    /** The same request from a client that wants to send more on the connection. */
    RawRequest keptAlive() {
        List<Header> kept =
                headers.stream().filter(header -> !header.equals(CLOSE)).toList();
        return new RawRequest(method, path, version, kept, body);
    }

    RawRequest withVersion(String other) {
        return new RawRequest(method, path, other, headers, body);
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(encoded(method + " " + path + " " + version + "\r\n"));
        for (Header header : headers) {
            out.writeBytes(encoded(header.written() + "\r\n"));
        }
        out.writeBytes(encoded("\r\n"));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static List<Header> completed(List<Header> given, String method, String host, int bodyLength) {
        List<Header> all = new ArrayList<>(given);
        if (!has(given, "Host")) {
            all.add(0, new Header("Host", host));
        }
        if (!has(given, "Content-Length") && (bodyLength > 0 || METHODS_WITH_BODY.contains(method))) {
            all.add(new Header("Content-Length", Integer.toString(bodyLength)));
        }
        all.add(CLOSE);
        return List.copyOf(all);
    }

    private static boolean has(List<Header> headers, String name) {
        return headers.stream().anyMatch(header -> header.isNamed(name));
    }

    /** A character is a byte. */
    private static byte[] encoded(String text) {
        if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
            throw new CaseProblem("characters beyond U+00FF: " + Json.shorten(text));
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
