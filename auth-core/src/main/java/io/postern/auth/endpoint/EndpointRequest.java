package io.postern.auth.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import java.util.Map;
import java.util.Objects;

/**
 * A request to an endpoint.
 *
 * <p><b>Security.</b> {@code toString()} omits the body, which may hold a password.
 */
public final class EndpointRequest {

    private final AuthRequest request;
    private final String path;
    private final Map<String, String> variables;
    private final byte[] body;
    private final Authentication authentication;
    private final Body reader;

    EndpointRequest(
            AuthRequest request,
            String path,
            Map<String, String> variables,
            byte[] body,
            Authentication authentication,
            Body reader) {
        this.request = Objects.requireNonNull(request, "request");
        this.path = Objects.requireNonNull(path, "path");
        this.variables = Map.copyOf(variables);
        this.body = Objects.requireNonNull(body, "body");
        this.authentication = Objects.requireNonNull(authentication, "authentication");
        this.reader = reader;
    }

    /** Creates a request without variables from an anonymous caller, for unit tests of endpoints. */
    public static EndpointRequest of(AuthRequest request, String path, byte[] body) {
        Body reader = new Body(new BodyLimits(16_384, 64), new ErrorResponses(ErrorFormat.DRF));
        return new EndpointRequest(request, path, Map.of(), body, Authentication.anonymous(), reader);
    }

    /** Returns the request, with the client's address as trusted proxies report it. */
    public AuthRequest request() {
        return request;
    }

    /** Returns the path below the prefix under which the endpoints are mounted, for instance {@code /token/}. */
    public String path() {
        return path;
    }

    /**
     * Returns the value of a variable of the endpoint's path: {@code "7"} for {@code id} where {@code /user/{id}/} serves
     * {@code /user/7/}. Never empty, never with a slash.
     *
     * @throws IllegalArgumentException if the endpoint's path has no such variable
     */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the endpoint's path has no variable {" + name + "}");
        }
        return value;
    }

    /** Returns the bytes of the body, empty if there is none; not copied. */
    public byte[] body() {
        return body;
    }

    /** Parses the body, JSON, urlencoded or multipart, into its string fields. */
    public Fields fields() {
        return reader.fields(this);
    }

    /** Returns the response for a denial in the configured format, for a refusal that is not to be reported as an event. */
    public AuthResponse respond(Denial denial) {
        return reader.errors().of(denial);
    }

    /** Returns the user that the request acts for. */
    public Authentication authentication() {
        return authentication;
    }

    String contentType() {
        return request.header("Content-Type").orElse("");
    }

    @Override
    public String toString() {
        return "EndpointRequest[" + request.method() + " " + path + "]";
    }
}
