package io.postern.conformance.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * Fills in <code>${name}</code> and <code>${function:text}</code>, inside out. What is neither, and what a logger would look
 * up, stays as it is: some inputs try whether the server expands it.
 *
 * @param fixtures finds a value by its name
 */
record Expander(Function<String, Optional<String>> fixtures) {

    private static final Pattern ESCAPE = Pattern.compile("\\\\(r|n|t|u([0-9a-fA-F]{4}))");
    private static final Pattern NAME = Pattern.compile("([A-Za-z]\\w*)([+-].*|:.*)?", Pattern.DOTALL);
    private static final Pattern INDEX = Pattern.compile("i(?::(0?\\d*d))?");
    private static final Pattern VARIANT = Pattern.compile("variantOf:(.*):(\\d+)", Pattern.DOTALL);
    private static final String ROTATING = "rotating:";
    private static final int MIME_LINE = 76;
    private static final int FULL_WIDTH = 'ａ' - 'a';

    /** What loggers and expression languages would look up; an input tries whether the server does. */
    private static final Set<String> PROBES = Set.of(
            "base64", "bundle", "ctx", "date", "dns", "env", "java", "jndi", "lower", "main", "map", "script", "sd",
            "sys", "upper", "url", "web");

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Adds a name, which takes precedence over all others. */
    Expander with(String name, String value) {
        return new Expander(asked -> asked.equals(name) ? Optional.of(value) : fixtures.apply(asked));
    }

    /**
     * Knows the number of a repetition.
     *
     * @param index counted from 0
     * @param tokens by the names that take turns
     */
    Expander at(int index, Map<String, String> tokens) {
        return new Expander(asked -> {
            Matcher number = INDEX.matcher(asked);
            if (number.matches()) {
                String format = number.group(1) == null ? "d" : number.group(1);
                return Optional.of(String.format(Locale.ROOT, "%" + format, index));
            }
            if (asked.startsWith(ROTATING)) {
                String[] names = asked.substring(ROTATING.length()).split(",", -1);
                return Optional.ofNullable(tokens.get(names[index % names.length]));
            }
            Matcher variant = VARIANT.matcher(asked.replaceFirst("^(variantOf:.*):i$", "$1:" + index));
            if (variant.matches()) {
                return fixtures.apply(variant.group(1)).map(name -> spelling(name, Integer.parseInt(variant.group(2))));
            }
            return fixtures.apply(asked);
        });
    }

    /** For headers and paths, in which escapes stand for the character. */
    String line(String template) {
        return expand(ESCAPE.matcher(template).replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape))));
    }

    /** For bodies, in which escapes are JSON's own; a character is a byte, before and after. */
    byte[] body(byte[] template) {
        Expander bytes = new Expander(name -> fixtures.apply(name)
                .map(value -> new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
        return bytes.expand(new String(template, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    }

    String expand(String template) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = template.indexOf("${"); at >= 0; at = template.indexOf("${", from)) {
            int end = closing(template, at + 2);
            if (end < 0) {
                break;
            }
            String inner = expand(template.substring(at + 2, end));
            out.append(template, from, at).append(value(inner).orElseGet(() -> unknown(inner)));
            from = end + 1;
        }
        return out.append(template.substring(from)).toString();
    }

    private Optional<String> value(String expression) {
        Optional<String> fixture = fixtures.apply(expression);
        String[] call = expression.split(":", 2);
        return fixture.isPresent() || call.length < 2 ? fixture : applied(call[0], call[1]);
    }

    /** A name that is not known would turn a hostile input into a harmless one. */
    private static String unknown(String expression) {
        Matcher named = NAME.matcher(expression);
        if (named.matches() && !PROBES.contains(named.group(1))) {
            throw new CaseProblem("unknown fixture or function: ${" + Json.shorten(expression) + "}");
        }
        return "${" + expression + "}";
    }

    private static Optional<String> applied(String function, String text) {
        return Optional.ofNullable(
                switch (function) {
                    case "b64" -> base64(text, StandardCharsets.UTF_8);
                    case "b64l1" -> base64(text, StandardCharsets.ISO_8859_1);
                    case "b64nopad" -> base64(text, StandardCharsets.UTF_8).replace("=", "");
                    case "b64wrap76" -> wrapped(text);
                    case "random" -> random(Integer.parseInt(text));
                    case "b64url" -> Jwt.encodeSegment(text.getBytes(StandardCharsets.UTF_8));
                    case "gzip" -> gzip(text);
                    case "repeat" -> repeated(text);
                    default -> null;
                });
    }

    private static int closing(String text, int from) {
        int depth = 1;
        for (int at = from; at < text.length(); at++) {
            depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return -1;
    }

    private static String unescaped(MatchResult escape) {
        return switch (escape.group(1).charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            default -> String.valueOf((char) Integer.parseInt(escape.group(2), 16));
        };
    }

    private static String base64(String text, Charset charset) {
        return Base64.getEncoder().encodeToString(text.getBytes(charset));
    }

    private static String wrapped(String text) {
        Base64.Encoder encoder = Base64.getMimeEncoder(MIME_LINE, "\r\n".getBytes(StandardCharsets.US_ASCII));
        return encoder.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String random(int length) {
        return RANDOM.ints(length, 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }

    /** Ways to write a name that some comparison might take for the same. */
    private static String spelling(String name, int variant) {
        String upper = name.toUpperCase(Locale.ROOT);
        List<String> spellings = List.of(
                upper,
                upper.substring(0, 1) + name.substring(1),
                " " + name,
                name + " ",
                name + "\u00a0",
                (char) (name.charAt(0) + FULL_WIDTH) + name.substring(1),
                name + "\u0000",
                name + "+alias");
        return spellings.get(variant % spellings.size());
    }

    private static String repeated(String textAndCount) {
        int colon = textAndCount.lastIndexOf(':');
        return textAndCount.substring(0, colon).repeat(Integer.parseInt(textAndCount.substring(colon + 1)));
    }

    private static String gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
            zipped.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
