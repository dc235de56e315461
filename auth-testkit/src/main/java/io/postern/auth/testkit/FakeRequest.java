package io.postern.auth.testkit;

import io.postern.auth.AuthRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request with the values that a test sets.
 *
 * <pre>{@code
 * AuthRequest request = FakeRequest.post("/notes").header("Authorization", "Token abc").formField("a", "b");
 * Verdict verdict = postern.gate().check(request, policy);
 * }</pre>
 *
 * Each call that sets something changes this request and returns it. Not safe for use by several threads.
 */
public final class FakeRequest implements AuthRequest {

    private final String method;
    private final String path;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, List<String>> cookies = new HashMap<>();
    private final Map<String, String> formFields = new HashMap<>();
    private Optional<String> rawPath = Optional.empty();
    private String query = "";
    private Optional<String> remoteUser = Optional.empty();
    private String address = "192.0.2.1";
    private boolean secure;
    private FakeSession session = new FakeSession();

    private FakeRequest(String method, String path) {
        this.method = Objects.requireNonNull(method, "method");
        this.path = Objects.requireNonNull(path, "path");
    }

    /**
     * Returns a request without headers, over a plain connection from 192.0.2.1.
     *
     * @param method the method
     * @param path the decoded path
     * @return the request
     */
    public static FakeRequest of(String method, String path) {
        return new FakeRequest(method, path);
    }

    /** Creates a GET of {@code /}. */
    public static FakeRequest get() {
        return get("/");
    }

    /** Creates a POST to {@code /}. */
    public static FakeRequest post() {
        return post("/");
    }

    /**
     * Returns a GET request.
     *
     * @param path the decoded path
     * @return the request
     */
    public static FakeRequest get(String path) {
        return of("GET", path);
    }

    /**
     * Returns a POST request.
     *
     * @param path the decoded path
     * @return the request
     */
    public static FakeRequest post(String path) {
        return of("POST", path);
    }

    /**
     * Adds a header; one of the same name stays.
     *
     * @param name its name, in any case
     * @param value its value; one char is one byte
     * @return this request
     */
    public FakeRequest header(String name, String value) {
        headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    /** Adds an {@code Authorization} header. */
    public FakeRequest authorization(String value) {
        return header("Authorization", value);
    }

    /**
     * Adds a cookie; one of the same name stays.
     *
     * @param name its name
     * @param value its value
     * @return this request
     */
    public FakeRequest cookie(String name, String value) {
        cookies.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    /**
     * Sets a field of the body.
     *
     * @param name its name
     * @param value its value
     * @return this request
     */
    public FakeRequest formField(String name, String value) {
        formFields.put(name, value);
        headers.putIfAbsent("Content-Type", List.of("application/x-www-form-urlencoded"));
        return this;
    }

    /**
     * Sets the path as sent.
     *
     * @param value percent-encoded; the decoded path by default
     * @return this request
     */
    public FakeRequest rawPath(String value) {
        rawPath = Optional.of(value);
        return this;
    }

    /** Sets the query string as sent, without the question mark. */
    public FakeRequest query(String value) {
        query = value;
        return this;
    }

    /**
     * Sets the peer of the connection.
     *
     * @param value an address in text form
     * @return this request
     */
    public FakeRequest from(String value) {
        address = value;
        return this;
    }

    /**
     * Lets the request come over TLS.
     *
     * @return this request
     */
    public FakeRequest overTls() {
        secure = true;
        return this;
    }

    /**
     * Lets the container vouch for a user.
     *
     * @param username the name
     * @return this request
     */
    public FakeRequest remoteUser(String username) {
        remoteUser = Optional.of(username);
        return this;
    }

    /**
     * Lets the request belong to a session that other requests belong to as well.
     *
     * @param shared the session
     * @return this request
     */
    public FakeRequest session(FakeSession shared) {
        session = shared;
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
    public String query() {
        return query;
    }

    @Override
    public List<String> headers(String name) {
        return List.copyOf(headers.getOrDefault(name, List.of()));
    }

    @Override
    public List<String> cookies(String name) {
        return List.copyOf(cookies.getOrDefault(name, List.of()));
    }

    @Override
    public Optional<String> formField(String name) {
        return Optional.ofNullable(formFields.get(name));
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

    /** Headers and cookies hold secrets, so they are not shown. */
    @Override
    public String toString() {
        return "FakeRequest[" + method + " " + path + "]";
    }
}
