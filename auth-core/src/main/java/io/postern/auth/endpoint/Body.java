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
 * Reads JSON, urlencoded and multipart bodies into their members, or answers why not, as DRF does (drf-contract FV-7 to
 * FV-13).
 *
 * <pre>{@code
 * Body.Content content = body.read(request);
 * }</pre>
 *
 * @param limits how large a body may be
 * @param errors writes refusals
 */
public record Body(BodyLimits limits, ErrorResponses errors) {

    /** The members of a body, or the answer that refuses it. */
    public sealed interface Content {

        /**
         * What was read.
         *
         * @param fields the members, to be asked for by name
         */
        record Members(TextFields fields) implements Content {}

        /**
         * A body that cannot be read.
         *
         * @param response 400, 413 or 415
         * @param isMalformed whether the body has an accepted size and media type, but not their form
         */
        record Refused(AuthResponse response, boolean isMalformed) implements Content {}
    }

    /**
     * Reads the body of a request.
     *
     * @param request the request
     * @return its members, none if it is empty; or what to answer instead
     */
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
                .map(Body::members)
                .orElseGet(() -> invalid("Invalid data. Expected a dictionary, but got " + pythonName(json) + "."));
    }

    private static Content members(Map<String, ?> values) {
        return new Content.Members(new TextFields(values));
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
        String shown = sent.length() <= 100 ? sent : sent.substring(0, 100);
        return refused(
                Denial.of(415, "Unsupported media type \"" + shown + "\" in request.", "unsupported_media_type"));
    }

    private Content malformed(Denial denial) {
        return new Content.Refused(errors.of(denial), true);
    }

    private Content refused(Denial denial) {
        return new Content.Refused(errors.of(denial), false);
    }
}
