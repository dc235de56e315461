package io.postern.auth.testing;

import io.postern.auth.AuthRequest;
import io.postern.auth.SessionHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request made of whatever a test says, with a session in memory. */
public final class FakeRequest implements AuthRequest {

    private final String method;
    private final String path;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, List<String>> cookies = new HashMap<>();
    private final Map<String, String> fields = new HashMap<>();
    private FakeSession session = new FakeSession();
    private Optional<String> rawPath = Optional.empty();
    private Optional<String> remoteUser = Optional.empty();
    private String address = "192.0.2.1";
    private boolean secure;

    private FakeRequest(String method, String path) {
        this.method = method;
        this.path = path;
    }

    public static FakeRequest of(String method, String path) {
        return new FakeRequest(method, path);
    }

    public static FakeRequest get() {
        return of("GET", "/");
    }

    public static FakeRequest post() {
        return of("POST", "/");
    }

    public FakeRequest header(String name, String value) {
        headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    public FakeRequest authorization(String value) {
        return header("Authorization", value);
    }

    public FakeRequest cookie(String name, String value) {
        cookies.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    public FakeRequest field(String name, String value) {
        fields.put(name, value);
        return this;
    }

    public FakeRequest sessionOf(FakeRequest other) {
        session = other.session;
        return this;
    }

    public FakeRequest raw(String value) {
        rawPath = Optional.of(value);
        return this;
    }

    public FakeRequest from(String value) {
        address = value;
        return this;
    }

    public FakeRequest user(String value) {
        remoteUser = Optional.of(value);
        return this;
    }

    public FakeRequest overTls() {
        secure = true;
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String rawPath() {
        return rawPath.orElse(path);
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public List<String> cookies(String name) {
        return cookies.getOrDefault(name, List.of());
    }

    @Override
    public Optional<String> formField(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    @Override
    public String remoteAddress() {
        return address;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public Optional<String> remoteUser() {
        return remoteUser;
    }

    @Override
    public FakeSession session() {
        return session;
    }

    /** Counts how often it got a new id. */
    public static final class FakeSession implements SessionHandle {

        private final Map<String, String> attributes = new HashMap<>();
        private int starts;

        @Override
        public Optional<String> attribute(String name) {
            return Optional.ofNullable(attributes.get(name));
        }

        @Override
        public void renew(Map<String, String> more) {
            attributes.putAll(more);
            starts++;
        }

        @Override
        public void invalidate() {
            attributes.clear();
        }

        public Map<String, String> attributes() {
            return attributes;
        }

        public int starts() {
            return starts;
        }
    }
}
