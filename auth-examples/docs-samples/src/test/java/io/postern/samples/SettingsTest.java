package io.postern.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.StandardAuthenticators;
import io.postern.auth.password.PasswordHasher;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Walks the tables of {@code settings.md}. */
class SettingsTest {

    private static final List<String> SIMPLEJWT = List.of(
            "ACCESS_TOKEN_LIFETIME",
            "REFRESH_TOKEN_LIFETIME",
            "ROTATE_REFRESH_TOKENS",
            "BLACKLIST_AFTER_ROTATION",
            "UPDATE_LAST_LOGIN",
            "ALGORITHM",
            "SIGNING_KEY",
            "VERIFYING_KEY",
            "AUDIENCE",
            "ISSUER",
            "JSON_ENCODER",
            "JWK_URL",
            "LEEWAY",
            "AUTH_HEADER_TYPES",
            "AUTH_HEADER_NAME",
            "USER_ID_FIELD",
            "USER_ID_CLAIM",
            "USER_AUTHENTICATION_RULE",
            "ON_LOGIN_SUCCESS",
            "ON_LOGIN_FAILED",
            "AUTH_TOKEN_CLASSES",
            "TOKEN_TYPE_CLAIM",
            "JTI_CLAIM",
            "TOKEN_USER_CLASS",
            "SLIDING_TOKEN_REFRESH_EXP_CLAIM",
            "SLIDING_TOKEN_LIFETIME",
            "SLIDING_TOKEN_REFRESH_LIFETIME",
            "TOKEN_OBTAIN_SERIALIZER",
            "TOKEN_REFRESH_SERIALIZER",
            "TOKEN_VERIFY_SERIALIZER",
            "TOKEN_BLACKLIST_SERIALIZER",
            "SLIDING_TOKEN_OBTAIN_SERIALIZER",
            "SLIDING_TOKEN_REFRESH_SERIALIZER",
            "CHECK_REVOKE_TOKEN",
            "REVOKE_TOKEN_CLAIM",
            "CHECK_USER_IS_ACTIVE");

    private static final String PAGE = Docs.read(Docs.root().resolve("docs/settings.md"));
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** What stands before a call: a class, the name of a lambda's parameter, a call before it, or nothing. */
    private static final Pattern CALL =
            Pattern.compile("(?<![A-Za-z])((?:[A-Za-z]+\\.)+|\\)\\.|\\.)?(?<![A-Za-z])([a-z][A-Za-z0-9]*)\\(");

    private static final Pattern REASON = Pattern.compile("^none: .{40,}");

    /** Clock and listeners are set once, on the builder of all. */
    private static final List<String> GIVEN_BY_THE_WHOLE = List.of("clock", "listener", "listeners");

    private final Map<String, Class<?>> receivers = receivers();

    @Test
    void every_setting_of_simplejwt_has_a_row_of_its_own() {
        for (int number = 1; number <= SIMPLEJWT.size(); number++) {
            String id = "SJ-" + number;
            String name = SIMPLEJWT.get(number - 1);
            List<Map<String, String>> found =
                    rows().stream().filter(row -> id.equals(row.get(""))).toList();

            assertThat(found).as(id).hasSize(1);
            assertThat(found.get(0).get("theirs (default)")).as(id).startsWith("`" + name + "`");
            String ours = found.get(0).get("ours");
            assertThat(REASON.matcher(ours).find() || !calls(ours).isEmpty())
                    .as("%s says a call or why there is none: %s", id, ours)
                    .isTrue();
        }
    }

    @Test
    void every_call_that_is_named_exists() {
        List<Call> calls =
                rows().stream().flatMap(row -> calls(row.get("ours")).stream()).toList();

        assertThat(calls)
                .hasSizeGreaterThan(80)
                .allSatisfy(call -> assertThat(call.exists())
                        .as("%s has no method %s", call.classes(), call.method())
                        .isTrue());
    }

    @Test
    void every_setting_of_ours_is_named() {
        for (String parameter : List.of("jwt.", "refresh.", "revocations.", "csrf.", "tokens.", "login.")) {
            Class<?> type = receivers.get(parameter);
            List<String> own = Stream.of(type.getMethods())
                    .filter(method -> method.getReturnType() == type && !Modifier.isStatic(method.getModifiers()))
                    .map(Method::getName)
                    .filter(name -> !GIVEN_BY_THE_WHOLE.contains(name))
                    .distinct()
                    .toList();
            assertThat(own)
                    .as(parameter)
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(PAGE).as(parameter + name).containsPattern("\\b" + name + "\\b"));
        }
    }

    /** The calls of a cell, in which a call that follows another belongs to the same class. */
    private List<Call> calls(String cell) {
        List<Call> calls = new ArrayList<>();
        for (String code : Docs.matches(CODE, cell)) {
            Matcher matcher = CALL.matcher(code);
            while (matcher.find()) {
                String receiver = Optional.ofNullable(matcher.group(1)).orElse("");
                boolean chained = receiver.equals(").");
                calls.add(new Call(
                        chained ? calls.get(calls.size() - 1).classes() : classes(receiver), matcher.group(2)));
            }
        }
        return calls;
    }

    private List<Class<?>> classes(String receiver) {
        if (receiver.isEmpty()) {
            return List.of(StandardAuthenticators.class, PasswordHasher.class);
        }
        Class<?> known = receivers.get(receiver);
        return List.of(known == null ? classNamed(receiver.substring(0, receiver.length() - 1)) : known);
    }

    /** The table at the beginning of the page: who is called by which name. */
    private static Map<String, Class<?>> receivers() {
        Map<String, Class<?>> receivers = new LinkedHashMap<>();
        for (Map<String, String> row : rows()) {
            if (row.containsKey("written")) {
                String name = row.get("written").replace("`", "");
                receivers.put(name, classNamed(row.get("class").replace("`", "")));
            }
        }
        assertThat(receivers).hasSizeGreaterThan(5);
        return receivers;
    }

    private static Class<?> classNamed(String name) {
        String[] parts = name.split("\\.");
        Path file = Docs.javaFiles().stream()
                .filter(path ->
                        path.endsWith(parts[0] + ".java") && path.toString().contains("/src/main/"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no class " + name));
        Matcher declared = Pattern.compile("(?m)^package (.*);$").matcher(Docs.read(file));
        assertThat(declared.find()).isTrue();
        try {
            return Class.forName(declared.group(1) + "." + name.replace('.', '$'));
        } catch (ClassNotFoundException e) {
            throw new AssertionError("no class " + name, e);
        }
    }

    /** All rows of all tables, by the headings of their columns. */
    private static List<Map<String, String>> rows() {
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> headings = List.of();
        for (String line : PAGE.lines().toList()) {
            if (!line.startsWith("|")) {
                headings = List.of();
            } else if (headings.isEmpty()) {
                headings = cells(line);
            } else if (!line.startsWith("| ---")) {
                rows.add(row(headings, cells(line)));
            }
        }
        rows.forEach(row -> row.putIfAbsent("ours", ""));
        return rows;
    }

    private static Map<String, String> row(List<String> headings, List<String> cells) {
        assertThat(cells).as(cells.toString()).hasSameSizeAs(headings);
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < headings.size(); i++) {
            row.put(headings.get(i), cells.get(i));
        }
        return row;
    }

    private static List<String> cells(String line) {
        String inner = line.substring(1, line.lastIndexOf('|'));
        return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
    }

    /** A method that one of some classes should have. */
    private record Call(List<Class<?>> classes, String method) {
        boolean exists() {
            return classes.stream()
                    .flatMap(type -> Stream.of(type.getMethods()))
                    .anyMatch(found -> found.getName().equals(method));
        }
    }
}
