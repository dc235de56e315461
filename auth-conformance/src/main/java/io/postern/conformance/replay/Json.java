package io.postern.conformance.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * JSON read strictly and written so that it stays what it was: one value and nothing after it, no member twice, {@code
 * 1.0} not turned into {@code 1}, no exponent where there was none.
 */
final class Json {

    private static final int SHORT = 300;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);
    private static final ObjectWriter WRITER = MAPPER.writer();
    private static final ObjectWriter ASCII_WRITER = WRITER.with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private Json() {}

    /** The one JSON value of a text, or nothing if the text is anything else. */
    static Optional<JsonNode> parse(String text) {
        try {
            JsonNode value = READER.readTree(text);
            return value.isMissingNode() ? Optional.empty() : Optional.of(value);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The one JSON value of some bytes, which have to be well-formed UTF-8 without a byte order mark. */
    static Optional<JsonNode> parse(byte[] utf8) {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** JSON in which every character beyond ASCII, lone surrogates included, is written as an escape. */
    static byte[] writeAscii(JsonNode value) {
        return write(ASCII_WRITER, value).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] writeUtf8(JsonNode value) {
        return write(WRITER, value).getBytes(StandardCharsets.UTF_8);
    }

    /** The text of a string, and the JSON of anything else. */
    static String textOf(JsonNode value) {
        return value.isTextual() ? value.textValue() : write(WRITER, value);
    }

    /** JSON for a message, cut where it gets long. */
    static String shorten(JsonNode value) {
        return shorten(write(WRITER, value));
    }

    static String shorten(String text) {
        return text.length() <= SHORT ? text : text.substring(0, SHORT - 3) + "...";
    }

    private static String write(ObjectWriter writer, JsonNode value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
