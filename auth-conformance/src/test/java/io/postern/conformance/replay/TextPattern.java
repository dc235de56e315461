package io.postern.conformance.replay;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded text in which parts that differ from run to run are blurred: {@code <any-string>}, {@code <int~60>} and so
 * on, alone or within the text.
 */
final class TextPattern {

    private static final BigInteger SLACK = BigInteger.ONE;
    private static final Pattern BLUR =
            Pattern.compile("<(any-string|any-text|int|hex40|hex32|jwt|int~\\d+|hex32:new|now[+-]\\d+)>");

    private final Pattern regex;
    private final List<BigInteger> numbers;
    private final boolean wantsNew;

    private TextPattern(Pattern regex, List<BigInteger> numbers, boolean wantsNew) {
        this.regex = regex;
        this.numbers = numbers;
        this.wantsNew = wantsNew;
    }

    static TextPattern of(String want) {
        StringBuilder regex = new StringBuilder();
        List<BigInteger> numbers = new ArrayList<>();
        int position = 0;
        Matcher blur = BLUR.matcher(want);
        while (blur.find()) {
            String name = blur.group(1);
            regex.append(Pattern.quote(want.substring(position, blur.start()))).append(regexOf(name));
            if (name.startsWith("int~")) {
                numbers.add(new BigInteger(name.substring("int~".length())));
            }
            position = blur.end();
        }
        regex.append(Pattern.quote(want.substring(position)));
        return new TextPattern(
                Pattern.compile(regex.toString(), Pattern.DOTALL), numbers, want.contains("<hex32:new>"));
    }

    /** Whether the text has to be one that was not met before in the case. */
    boolean wantsNew() {
        return wantsNew;
    }

    boolean matches(String got) {
        Matcher found = regex.matcher(got);
        if (!found.matches()) {
            return false;
        }
        for (int i = 0; i < numbers.size(); i++) {
            BigInteger away = new BigInteger(found.group(i + 1)).subtract(numbers.get(i));
            if (away.abs().compareTo(SLACK) > 0) {
                return false;
            }
        }
        return true;
    }

    private static String regexOf(String name) {
        return switch (name) {
            case "any-string" -> ".+";
            case "any-text" -> ".*";
            case "int" -> "-?\\d+";
            case "hex40" -> "[0-9a-f]{40}";
            case "hex32", "hex32:new" -> "[0-9a-f]{32}";
            case "jwt" -> Jwt.REGEX;
            default -> name.startsWith("int~") ? "(\\d+)" : ".*";
        };
    }
}
