package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ways in which a case writes down the body of a request. */
sealed interface RequestBody {

    byte[] toBytes();

    /** The media type to send where the case names none. */
    default Optional<String> mediaType() {
        return Optional.empty();
    }

    static RequestBody of(JsonNode request) {
        if (request.has("form")) {
            return new Form(request.get("form"));
        }
        if (request.has("multipart")) {
            return new Multipart(request.get("multipart"));
        }
        if (request.has("body_b64")) {
            return new Octets(request.get("body_b64").textValue());
        }
        JsonNode body = request.path("body");
        if (body.isMissingNode() || body.isNull()) {
            return new Text("");
        }
        return body.isTextual() ? new Text(body.textValue()) : new JsonValue(body);
    }

    /** Sent as UTF-8, without a media type. */
    record Text(String text) implements RequestBody {
        @Override
        public byte[] toBytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Arbitrary bytes, without a media type. */
    record Octets(String base64) implements RequestBody {
        @Override
        public byte[] toBytes() {
            return Base64.getDecoder().decode(base64);
        }
    }

    /** Sent in pure ASCII: what JSON can only say with an escape, such as a lone surrogate, survives. */
    record JsonValue(JsonNode value) implements RequestBody {
        @Override
        public byte[] toBytes() {
            return Json.writeAscii(value);
        }

        @Override
        public Optional<String> mediaType() {
            return Optional.of("application/json");
        }
    }

    /** URL-encoded fields. */
    record Form(JsonNode fields) implements RequestBody {
        @Override
        public byte[] toBytes() {
            return fields.propertyStream()
                    .map(field -> encoded(field.getKey()) + "=" + encoded(Json.textOf(field.getValue())))
                    .collect(Collectors.joining("&"))
                    .getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public Optional<String> mediaType() {
            return Optional.of("application/x-www-form-urlencoded");
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /** Fields as the parts of a multipart body. */
    record Multipart(JsonNode fields) implements RequestBody {

        private static final String BOUNDARY = "conformance-boundary-7MA4YWxk";

        @Override
        public byte[] toBytes() {
            StringBuilder out = new StringBuilder();
            fields.propertyStream()
                    .forEach(field -> out.append("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                            .formatted(BOUNDARY, field.getKey(), Json.textOf(field.getValue()))));
            return out.append("--%s--\r\n".formatted(BOUNDARY)).toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Optional<String> mediaType() {
            return Optional.of("multipart/form-data; boundary=" + BOUNDARY);
        }
    }
}
