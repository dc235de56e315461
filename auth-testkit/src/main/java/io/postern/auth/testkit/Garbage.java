package io.postern.auth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Credentials that are none, the same ones each time. */
final class Garbage {

    private static final long SEED = 20_260_102L;

    private static final List<String> KNOWN = List.of(
            "",
            " ",
            "x",
            ":",
            "=",
            "====",
            ".",
            "..",
            "...",
            "....",
            "null",
            "undefined",
            "\"quoted\"",
            "a b c",
            "a\tb",
            "\u0000",
            "a\u0000b",
            "\r\nX-Injected: yes",
            "\u001B[31m",
            "\u007F",
            "\u0080\u00FF",
            "\u00C3(",
            "\u00ED\u00A0\u0080",
            "\uD800",
            "\uFFFD\uFEFF\u2028",
            "' OR '1'='1",
            "'; DROP TABLE users; --",
            "${jndi:ldap://x/y}",
            "%00%0a%2e%2e",
            "../../etc/passwd",
            "{\"a\":1}",
            "YTpi",
            "Og==",
            "YQ==",
            "YTo=",
            "OmI=",
            "-_-_",
            "AAAA.AAAA.AAAA",
            "e30.e30.e30",
            "eyJhbGciOiJub25lIn0.e30.",
            "eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
            "AAAA.AAAA.AAAA.AAAA.AAAA",
            "x".repeat(8_000),
            ".".repeat(8_000),
            "[".repeat(8_000),
            "a ".repeat(4_000));

    private Garbage() {}

    static List<String> credentials() {
        List<String> all = new ArrayList<>(KNOWN);
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            all.add(noise(random, 1 + random.nextInt(60)));
        }
        return all;
    }

    private static String noise(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(0x100));
        }
        return text.toString();
    }
}
