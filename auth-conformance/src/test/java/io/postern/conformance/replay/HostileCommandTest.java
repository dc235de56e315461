package io.postern.conformance.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The command {@code hostile}: its verdicts, its last line and its exit code. */
class HostileCommandTest {

    private static final String ENTRY = """
            {"id": "X-1", "group": "jwt", "kind": "attack", "description": "d", "request": {"method": "GET",
            "path": "/api/me", "headers": {"Authorization": "Bearer %s"}},
            "expect": {"statusIn": [%s], "maxMillis": 5000}%s}
            """;

    @TempDir
    Path folder;

    private record Result(int exitCode, String out, String err) {

        String lastLine() {
            return out.lines().reduce((first, second) -> second).orElseThrow();
        }
    }

    /** Each would go out as a genuine token, and be answered 200, if what is not known in it were ignored. */
    static Stream<Arguments> unknown_things() {
        String crafted = "${crafted}";
        return Stream.of(
                Arguments.of(crafted, craft("\"post\": [\"melt\"]"), "unknown damage: melt"),
                Arguments.of(crafted, craft("\"post\": \"upper\""), "unknown post of craft: \"upper\""),
                Arguments.of(crafted, craft("\"post\": [\"append:\"]"), "a step of post leaves the token as it was"),
                Arguments.of(crafted, craft("\"shuffle\": true"), "unknown member of craft: shuffle"),
                Arguments.of(crafted, craft("\"sign\": \"scribble\""), "unknown signature: \"scribble\""),
                Arguments.of(
                        crafted, craft("\"sign\": {\"alg\": \"HS256\", \"key\": \"moon\"}"), "unknown secret: moon"),
                Arguments.of(
                        crafted,
                        craft("\"sign\": {\"alg\": \"RS256\", \"key\": \"moon\"}"),
                        "unknown private key: moon"),
                Arguments.of(
                        crafted, craft("\"sign\": {\"alg\": \"XX1\", \"key\": \"server\"}"), "unknown algorithm: XX1"),
                Arguments.of(crafted, craft("\"header\": {\"jwk\": \"moonJwk\"}"), "unknown key: \"moonJwk\""),
                Arguments.of(crafted, craft("\"nest\": \"jwe-in-jws\""), "unknown nesting: jwe-in-jws"),
                Arguments.of(crafted, craft("\"serialize\": \"xml\""), "unknown form: xml"),
                Arguments.of(
                        crafted,
                        craft("\"jwe\": {\"alg\": \"dir\", \"enc\": \"A256GCM\", \"payload\": \"claims\", \"x\": 1}"),
                        "unknown member of jwe: x"),
                Arguments.of(
                        crafted,
                        craft("\"use\": \"${validAccessToken}\", \"post\": [\"upper\"]"),
                        "use and literal take a token as it is, so nothing else of craft would be applied"),
                Arguments.of(crafted, craft("\"use\": \"${moonToken}\""), "unknown fixture or function: ${moonToken}"),
                Arguments.of("${validAccessToken}${moon}", "", "unknown fixture or function: ${moon}"),
                Arguments.of("${validAccessToken}${moon-10}", "", "unknown fixture or function: ${moon-10}"),
                Arguments.of("${validAccessToken}${moon:x}", "", "unknown fixture or function: ${moon:x}"),
                Arguments.of(crafted, "", "unknown fixture or function: ${crafted}"),
                Arguments.of(
                        "${validAccessToken}", craft("\"post\": [\"upper\"]"), "the request does not use ${crafted}"),
                Arguments.of("${validAccessToken}", ", \"moon\": 1", "unknown member of entry: moon"),
                Arguments.of("${validAccessToken}", ", \"profile\": \"moon\"", "unknown profile of entry: \"moon\""),
                Arguments.of(
                        "${validAccessToken}", ", \"transport\": \"moon\"", "unknown transport of entry: \"moon\""),
                Arguments.of("${validAccessToken}", ", \"setup\": \"moon\"", "unknown setup of entry: \"moon\""),
                Arguments.of("${validAccessToken}", ", \"after\": {\"moon\": 1}", "unknown member of after: moon"),
                Arguments.of(
                        "${validAccessToken}",
                        ", \"repeat\": {\"times\": 1, \"concurrency\": 1, \"moon\": 1}",
                        "unknown member of repeat: moon"),
                Arguments.of("\", \"$moon\": \"x", "", "unknown special header $moon"));
    }

    @ParameterizedTest
    @MethodSource("unknown_things")
    void what_is_not_known_is_reported_and_not_sent(String token, String further, String reason) throws IOException {
        Result result = send(Container.Kind.JETTY, ENTRY.formatted(token, "599", further));

        assertThat(result.out()).isEqualToNormalizingNewlines("""
                FAILED X-1 d
                    %s
                0 passed, 1 failed, 0 skipped
                """.formatted(reason));
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void an_unknown_member_of_the_expectation_is_reported() throws IOException {
        String entry = ENTRY.formatted("${validAccessToken}", "599", "")
                .replace("\"maxMillis\"", "\"moon\": 1, \"maxMillis\"");

        assertThat(send(Container.Kind.JETTY, entry).out()).contains("    unknown member of expect: moon");
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void a_wrong_expectation_is_a_failure(Container.Kind container) throws IOException {
        String good = ENTRY.formatted("${validAccessToken}", "200", "");
        String wrong = ENTRY.formatted("${validAccessToken}", "401", "");

        Result result = send(container, good, wrong, good);

        assertThat(result.out()).contains("FAILED X-1 d", "    status 200, not one of [401]");
        assertThat(result.lastLine()).isEqualTo("2 passed, 1 failed, 0 skipped");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Container.Kind.class)
    void departures_pass_and_are_named_and_what_is_not_sent_is_listed(Container.Kind container) throws IOException {
        String departure = ENTRY.formatted("${crafted}", "401", craft("\"header\": {\"kid\": \"${repeat:k:10000}\"}"))
                .replace("X-1", "JWT-214");
        String later = ENTRY.formatted("x", "401", ", \"profile\": \"later\"");

        Result result = send(container, departure, later);

        assertThat(result.out())
                .contains("DEPARTURE JWT-214 d: 400 the header is longer")
                .contains("SKIPPED X-1 d: needs second factors");
        assertThat(result.lastLine()).isEqualTo("1 passed, 0 failed, 1 skipped");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void a_secret_in_the_log_is_a_failure() throws IOException {
        String entry = ENTRY.formatted("x", "401", "")
                .replace("Bearer x", "Basic ${b64:${basicUser}:wrong}")
                .replace("\"maxMillis\"", "\"logNeverContains\": [\"RequestDenied\"], \"maxMillis\"");

        assertThat(send(Container.Kind.JETTY, entry).out()).contains("    the log has RequestDenied");
    }

    @Test
    void an_entry_without_an_id_is_reported() throws IOException {
        Result result = send(Container.Kind.JETTY, "{}", "7");

        assertThat(result.out())
                .contains("an entry needs an id and a group: {}", "an entry needs an id and a group: 7");
        assertThat(result.lastLine()).isEqualTo("0 passed, 2 failed, 0 skipped");
    }

    static Stream<Arguments> wrong_commands() {
        return Stream.of(
                Arguments.of(List.of(), "--container is missing"),
                Arguments.of(List.of("--cases"), "--cases needs one value"),
                Arguments.of(List.of("--moon", "x"), "unknown argument: --moon"),
                Arguments.of(List.of("--container", "undertow"), "unknown container: undertow"),
                Arguments.of(List.of("--container", "jetty", "--preset", "lax"), "unknown preset: lax"),
                Arguments.of(List.of("--container", "jetty", "--container", "jetty"), "--container needs one value"),
                Arguments.of(List.of("--container", "jetty", "--preset", "drf"), "--cases is missing"),
                Arguments.of(
                        List.of("--container", "jetty", "--preset", "drf", "--cases", "/nonexistent"),
                        "cannot read /nonexistent"));
    }

    @ParameterizedTest
    @MethodSource("wrong_commands")
    void a_wrong_command_is_explained(List<String> arguments, String message) {
        Result result = run(arguments);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith(message).contains("usage: java -jar auth-conformance.jar hostile --cases");
    }

    @Test
    void a_file_that_is_not_a_list_is_explained() throws IOException {
        Path file = Files.writeString(folder.resolve("cases.json"), "{}");

        Result result = run(List.of("--container", "jetty", "--preset", "drf", "--cases", file.toString()));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("is not a JSON list");
    }

    private static String craft(String members) {
        return ", \"craft\": {\"name\": \"n\", " + members + "}";
    }

    private Result send(Container.Kind container, String... entries) throws IOException {
        Path file = Files.writeString(folder.resolve("cases.json"), "[" + String.join(",", entries) + "]");
        return run(List.of("--cases", file.toString(), "--container", container.id(), "--preset", "strict"));
    }

    private static Result run(List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = HostileCommand.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
