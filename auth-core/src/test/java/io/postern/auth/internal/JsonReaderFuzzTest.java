package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonReaderFuzzTest {

    private static final long SEED = 20_260_101L;
    private static final int ROUNDS = 20_000;
    private static final String ALPHABET = "{}[]\",:\\u0123456789.eE+-truefalsn /\t\n\0\u00e4\u2028\uD83D\uDE00\uD800";

    private final Random random = new Random(SEED);

    @Test
    void reads_back_every_value_it_wrote() {
        for (int i = 0; i < ROUNDS; i++) {
            Object value = value(4);
            String text = JsonWriter.write(value);
            assertThat(JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.BODY))
                    .as("seed %d, round %d: %s", SEED, i, text)
                    .isEqualTo(value);
        }
    }

    @Test
    void answers_damaged_texts_with_a_value_that_lasts_or_a_json_exception() {
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            read += survives(damaged(JsonWriter.write(value(4))), i) ? 1 : 0;
        }
        assertThat(read).as("both kinds have to occur").isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
    }

    @Test
    void answers_rubbish_with_a_value_that_lasts_or_a_json_exception() {
        for (int i = 0; i < ROUNDS; i++) {
            survives(text(random.nextInt(30)).getBytes(StandardCharsets.UTF_8), i);
        }
    }

    private static boolean survives(byte[] input, int round) {
        try {
            Object value = JsonReader.read(input, JsonLimits.BODY);
            String written = JsonWriter.write(value);
            assertThat(JsonReader.read(written, JsonLimits.BODY))
                    .as("seed %d, round %d: %s", SEED, round, Arrays.toString(input))
                    .isEqualTo(value);
            return true;
        } catch (JsonException expected) {
            return false;
        } catch (RuntimeException | StackOverflowError unexpected) {
            return fail("seed " + SEED + ", round " + round + ": " + Arrays.toString(input), unexpected);
        }
    }

    private byte[] damaged(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int place = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> bytes[place] = (byte) random.nextInt(256);
            case 1 -> bytes[place] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            case 2 -> bytes = Arrays.copyOf(bytes, place);
            case 3 -> bytes = Arrays.copyOfRange(bytes, place, bytes.length);
            default ->
                bytes = (text.substring(0, Math.min(place, text.length())) + text).getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> text(random.nextInt(10));
            case 1 -> random.nextLong();
            case 2 -> (long) random.nextInt(100);
            case 3 -> new BigDecimal(random.nextLong()).scaleByPowerOfTen(random.nextInt(41) - 60);
            case 4 -> random.nextBoolean();
            case 5 -> JsonNull.NULL;
            case 6 -> list(depth);
            default -> map(depth);
        };
    }

    private List<Object> list(int depth) {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            items.add(value(depth - 1));
        }
        return items;
    }

    private Map<String, Object> map(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.put(text(random.nextInt(5)), value(depth - 1));
        }
        return members;
    }

    private String text(int length) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            out.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return out.toString();
    }
}
