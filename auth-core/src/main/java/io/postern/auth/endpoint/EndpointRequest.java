package io.postern.auth.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import io.postern.auth.endpoint.Endpoints.BodyLimits;
import io.postern.auth.internal.JsonNull;
import io.postern.auth.internal.Utf8;
import io.postern.auth.internal.WhiteSpace;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

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
        Body reader = new Body(new BodyLimits(16_384, 64), ErrorFormat.DRF);
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

    /**
     * Parses the body, JSON, urlencoded or multipart, into its string fields. Those of a body that cannot be read are
     * empty, and {@link Fields#refusal} returns the response.
     */
    public Fields fields() {
        return reader.read(this);
    }

    /** Returns the response for a denial in the configured format, for a refusal that is not to be reported as an event. */
    public AuthResponse respond(Denial denial) {
        return reader.errors().response(denial);
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

    /**
     * The string fields of a body, validated as DRF's {@code CharField} validates them (drf-contract FV-1 to FV-6, FV-14).
     *
     * <pre>{@code
     * Fields fields = request.fields();
     * String email = fields.required("email", true);
     * if (fields.refusal().isPresent()) {
     *     return fields.refusal().get();
     * }
     * }</pre>
     *
     * Read each field, then {@link #refusal}. Not safe for use by several threads: one per request.
     */
    public static final class Fields {

        private final Map<String, ?> members;
        private final Map<String, List<String>> errors = new LinkedHashMap<>();
        private final ErrorFormat responses;
        private final @Nullable AuthResponse unreadable;

        Fields(Map<String, ?> members, ErrorFormat responses) {
            this.members = members;
            this.responses = responses;
            this.unreadable = null;
        }

        /** Creates the fields of a body that cannot be read. */
        Fields(AuthResponse unreadable, ErrorFormat responses) {
            this.members = Map.of();
            this.responses = responses;
            this.unreadable = unreadable;
        }

        /**
         * Returns a required field; empty if there is an error.
         *
         * @param trim whether surrounding white space is removed
         */
        public String required(String name, boolean trim) {
            Object value = members.get(name);
            if (value == null) {
                return error(name, "This field is required.");
            }
            if (value == JsonNull.NULL) {
                return error(name, "This field may not be null.");
            }
            Optional<String> string = stringOf(value).map(raw -> trim ? WhiteSpace.strip(raw) : raw);
            return string.map(found -> checked(name, found)).orElseGet(() -> error(name, "Not a valid string."));
        }

        /** Returns an optional field without surrounding white space; empty if it is absent or not a valid string. */
        public String optional(String name) {
            return Optional.<Object>ofNullable(members.get(name))
                    .filter(String.class::isInstance)
                    .map(string -> WhiteSpace.strip((String) string))
                    .filter(string -> string.indexOf('\0') < 0
                            && Utf8.loneSurrogate(string).isEmpty())
                    .orElse("");
        }

        /** Returns the errors of the fields read so far: messages by the field's name. */
        public Map<String, List<String>> errors() {
            return Collections.unmodifiableMap(errors);
        }

        /** Adds an error that the endpoint has found, for instance a password that is too short. */
        public void addError(String name, String message) {
            errors.computeIfAbsent(name, key -> new ArrayList<>()).add(message);
        }

        /** Returns the response if the body cannot be read (400, 413 or 415) or a field has an error (400); otherwise empty. */
        public Optional<AuthResponse> refusal() {
            if (unreadable != null) {
                return Optional.of(unreadable);
            }
            return errors.isEmpty() ? Optional.empty() : Optional.of(responses.fieldErrors(errors));
        }

        Map<String, ?> members() {
            return members;
        }

        /** Omits the values: one may be a password. */
        @Override
        public String toString() {
            return "Fields" + members.keySet();
        }

        private String checked(String name, String value) {
            if (value.isEmpty()) {
                return error(name, "This field may not be blank.");
            }
            if (value.indexOf('\0') >= 0) {
                return error(name, "Null characters are not allowed.");
            }
            OptionalInt surrogate = Utf8.loneSurrogate(value);
            return surrogate.isPresent()
                    ? error(
                            name,
                            String.format(
                                    Locale.ROOT, "Surrogate characters are not allowed: U+%X.", surrogate.getAsInt()))
                    : value;
        }

        private String error(String name, String message) {
            addError(name, message);
            return "";
        }

        /** Converts numbers to strings; booleans, lists and maps are not valid. */
        private static Optional<String> stringOf(Object value) {
            if (value instanceof String string) {
                return Optional.of(string);
            }
            if (value instanceof BigDecimal number) {
                return Optional.of(number.toPlainString());
            }
            return value instanceof Long number ? Optional.of(number.toString()) : Optional.empty();
        }
    }
}
