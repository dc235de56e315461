package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files below {@code /conformance} on the class path. */
final class Resources {

    private static final String ROOT = "/conformance/";

    private Resources() {}

    static JsonNode json(String path) {
        return Json.parse(text(path)).orElseThrow(() -> new IllegalStateException(ROOT + path + " is not strict JSON"));
    }

    /** The lines of a list, without blank ones and those that start with {@code #}. */
    static List<String> lines(String path) {
        return text(path)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static String text(String path) {
        try (InputStream in = Resources.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + ROOT + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
