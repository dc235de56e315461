package io.postern.auth.endpoint;

import io.postern.auth.Denial;
import io.postern.auth.endpoint.EndpointRequest.Fields;
import io.postern.auth.endpoint.Endpoints.BodyLimits;
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

/** Parses JSON, urlencoded and multipart bodies, with the error responses of DRF (drf-contract FV-7 to FV-13). */
record Body(BodyLimits limits, ErrorFormat errors) {

    /** Parses the body of a request; an empty body has no members. */
    Fields read(EndpointRequest request) {
        if (request.body().length > limits.bytes()) {
            return refused(Denial.of(413, "Request body is too large.", "too_large"));
        }
        if (request.body().length == 0) {
            return members(Map.of());
        }
        Optional<MediaType> type = MediaType.parse(request.contentType());
        if (type.isPresent() && !type.get().isUtf8()) {
            return refused(Denial.of(400, "Unsupported charset in request Content-Type header.", "parse_error"));
        }
        return type.map(media -> read(request, media)).orElseGet(() -> unsupported(request));
    }

    /** As in DRF, the first parser whose media type the request's includes: JSON for {@code *}{@code /*}. */
    private Fields read(EndpointRequest request, MediaType type) {
        try {
            if (type.includes("application/json")) {
                return object(JsonReader.read(request.body(), limits.json()));
            }
            if (type.includes("application/x-www-form-urlencoded")) {
                return members(Forms.urlencoded(request.body()));
            }
            return type.includes("multipart/form-data")
                    ? members(Multipart.fields(request.body(), request.contentType()))
                    : unsupported(request);
        } catch (JsonException e) {
            return refused(Denial.of(400, "JSON parse error - " + e.getMessage(), "parse_error"));
        } catch (FormException e) {
            String kind = type.includes("application/x-www-form-urlencoded") ? "Form" : "Multipart form";
            return refused(Denial.of(400, kind + " parse error - " + e.getMessage(), "parse_error"));
        }
    }

    private Fields object(Object json) {
        if (json == JsonNull.NULL) {
            return invalid("No data provided");
        }
        return JsonReader.asObject(json)
                .map(this::members)
                .orElseGet(() -> invalid("Invalid data. Expected a dictionary, but got " + pythonName(json) + "."));
    }

    private Fields members(Map<String, ?> values) {
        return new Fields(values, errors);
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

    private Fields invalid(String message) {
        return new Fields(errors.fieldErrors(Map.of("non_field_errors", List.of(message))), errors);
    }

    private Fields unsupported(EndpointRequest request) {
        String sent = request.contentType();
        String truncated = sent.length() <= 100 ? sent : sent.substring(0, 100);
        return refused(
                Denial.of(415, "Unsupported media type \"" + truncated + "\" in request.", "unsupported_media_type"));
    }

    private Fields refused(Denial denial) {
        return new Fields(errors.response(denial), errors);
    }
}
