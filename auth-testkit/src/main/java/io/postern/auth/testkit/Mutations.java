package io.postern.auth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Damages a text in small ways, the same ones for the same text. */
final class Mutations {

    private static final long SEED = 20_260_102L;
    private static final String CHARACTERS = "09aZ+/=$,.:! \u0000\n\u00e4\uFFFD";

    private Mutations() {}

    static List<String> of(String text, int count) {
        Random random = new Random(SEED);
        List<String> damaged = new ArrayList<>();
        while (damaged.size() < count) {
            String next = damage(text, damaged.size() % 5, random);
            if (!next.equals(text)) {
                damaged.add(next);
            }
        }
        return damaged;
    }

    private static String damage(String text, int kind, Random random) {
        int at = random.nextInt(text.length());
        char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        return switch (kind) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            case 2 -> text.substring(0, at) + other + text.substring(at + 1);
            case 3 -> text.substring(0, at) + other + text.substring(at);
            default -> text.substring(0, at) + (char) (text.charAt(at) ^ 1) + text.substring(at + 1);
        };
    }
}
