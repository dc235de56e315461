package io.postern.examples.todo;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/** Reads and writes JSON bodies. A client error becomes a {@link DeniedException}. */
final class Http {

    private static final int LARGEST_BODY = 16_384;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private Http() {}

    /** Requires the JSON content type, because another site could send other types with a browser's stored password. */
    static <T> T read(HttpServletRequest request, Class<T> type) {
        if (!isJson(request)) {
            throw refusal(415, "Send application/json.", "unsupported_media_type");
        }
        byte[] body = body(request);
        try {
            T value = JSON.readValue(body, type);
            if (value != null) {
                return value;
            }
        } catch (ValueInstantiationException e) {
            throw e.getCause() instanceof DeniedException denied ? denied : malformed();
        } catch (IOException e) {
            throw malformed();
        }
        throw malformed();
    }

    static void write(HttpServletResponse response, int status, Object value) throws IOException {
        byte[] body = JSON.writeValueAsBytes(value);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static DeniedException methodNotAllowed(HttpServletRequest request, HttpServletResponse response, String allowed) {
        response.setHeader("Allow", allowed);
        return new DeniedException(Denial.methodNotAllowed(request.getMethod()));
    }

    private static boolean isJson(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private static byte[] body(HttpServletRequest request) {
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        } catch (IOException e) {
            throw refusal(400, "The request body cannot be read.", "parse_error");
        }
        if (body.length > LARGEST_BODY) {
            throw refusal(413, "The request body is too large.", "request_too_large");
        }
        return body;
    }

    private static DeniedException malformed() {
        return refusal(400, "The body is not JSON of the expected form.", "parse_error");
    }

    private static DeniedException refusal(int status, String detail, String code) {
        return new DeniedException(Denial.of(status, detail, code));
    }
}
