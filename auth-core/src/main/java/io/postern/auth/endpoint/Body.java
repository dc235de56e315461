package io.postern.auth.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.internal.FormException;
import io.postern.auth.internal.Forms;
import io.postern.auth.internal.JsonException;
import io.postern.auth.internal.JsonNull;
import io.postern.auth.internal.JsonReader;
import io.postern.auth.internal.MediaType;
import io.postern.auth.internal.Multipart;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses JSON, urlencoded and multipart bodies, with the error responses of DRF (drf-contract FV-7 to FV-13).
 *
 * <pre>{@code
 * Body.Content content = body.read(request);
 * }</pre>
 */
public record Body(BodyLimits limits, ErrorResponses errors) {

    /** The members of a body, or the response that refuses it. */
    public sealed interface Content {

        /** The body was parsed. */
        record Members(Fields fields) implements Content {}

        /**
         * A body that cannot be read.
         *
         * @param response 400, 413 or 415
         * @param isMalformed whether the body has an accepted size and media type, but not their form
         */
        record Refused(AuthResponse response, boolean isMalformed) implements Content {}
    }

    /** Parses the body of a request; an empty body has no members. */
    public Content read(EndpointRequest request) {
        if (request.body().length > limits.bytes()) {
            return refused(Denial.of(413, "Request body is too large.", "too_large"));
        }
        if (request.body().length == 0) {
            return members(Map.of());
        }
        Optional<MediaType> type = MediaType.parse(request.contentType());
        if (type.isPresent() && !type.get().isUtf8()) {
            return malformed(Denial.of(400, "Unsupported charset in request Content-Type header.", "parse_error"));
        }
        return type.map(media -> read(request, media)).orElseGet(() -> unsupported(request));
    }

    Fields fields(EndpointRequest request) {
        Content content = read(request);
        return content instanceof Content.Members members
                ? members.fields()
                : new Fields(((Content.Refused) content).response(), errors);
    }

    private Content read(EndpointRequest request, MediaType type) {
        try {
            if (type.is("application/json")) {
                return object(JsonReader.read(request.body(), limits.json()));
            }
            if (type.is("application/x-www-form-urlencoded")) {
                return members(Forms.urlencoded(request.body()));
            }
            return type.is("multipart/form-data")
                    ? members(Multipart.fields(request.body(), request.contentType()))
                    : unsupported(request);
        } catch (JsonException e) {
            return malformed(Denial.of(400, "JSON parse error - " + e.getMessage(), "parse_error"));
        } catch (FormException e) {
            String kind = type.is("multipart/form-data") ? "Multipart form" : "Form";
            return malformed(Denial.of(400, kind + " parse error - " + e.getMessage(), "parse_error"));
        }
    }

    private Content object(Object json) {
        if (json == JsonNull.NULL) {
            return invalid("No data provided");
        }
        return JsonReader.asObject(json)
                .map(this::members)
                .orElseGet(() -> invalid("Invalid data. Expected a dictionary, but got " + pythonName(json) + "."));
    }

    private Content members(Map<String, ?> values) {
        return new Content.Members(new Fields(values, errors));
    }

    private static String pythonName(Object json) {
        if (json instanceof List) {
            return "list";
        }
        if (json instanceof String) {
            return "str";
        }
        return json instanceof Boolean ? "bool" : json instanceof Long ? "int" : "float";
    }

    private Content invalid(String message) {
        return new Content.Refused(errors.ofFields(Map.of("non_field_errors", List.of(message))), true);
    }

    private Content unsupported(EndpointRequest request) {
        String sent = request.contentType();
        String truncated = sent.length() <= 100 ? sent : sent.substring(0, 100);
        return refused(
                Denial.of(415, "Unsupported media type \"" + truncated + "\" in request.", "unsupported_media_type"));
    }

    private Content malformed(Denial denial) {
        return new Content.Refused(errors.of(denial), true);
    }

    private Content refused(Denial denial) {
        return new Content.Refused(errors.of(denial), false);
    }
}
