package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.Preset;
import io.postern.conformance.replay.Verdict.Departed;
import io.postern.conformance.replay.Verdict.Failed;
import io.postern.conformance.replay.Verdict.Skipped;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command {@code hostile}: sends the hostile inputs of a file to servers of one container under one preset.
 *
 * <p>Not safe for use by several threads.
 */
public final class HostileCommand {

    private static final String USAGE = """
            usage: java -jar auth-conformance.jar hostile --cases FILE --container jetty|tomcat --preset strict|drf

            Sends every case of FILE (a JSON list) and prints those that are not answered as wanted, those that depart from
            it on purpose, and those that are not sent. The last line is: N passed, N failed, N skipped
            Exit code: 0 if none failed, 1 if some did, 2 if the command is wrong.""";

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final PrintStream out;
    private int passed;
    private int failed;
    private int skipped;

    private HostileCommand(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs the command.
     *
     * @param arguments what follows the word {@code hostile}
     * @param out receives the verdicts and the counts
     * @param err receives what is wrong about the command
     * @return the exit code: 0, 1 if a case failed, 2 if the arguments or the file are wrong
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        Order order;
        try {
            order = Order.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(USAGE);
            return MISUSED;
        }
        HostileCommand command = new HostileCommand(out);
        try (LogTap tap = new LogTap();
                HostileRun run = new HostileRun(order.container(), order.preset(), tap)) {
            order.cases().forEach(json -> command.report(json, run));
        }
        out.printf("%d passed, %d failed, %d skipped%n", command.passed, command.failed, command.skipped);
        return command.failed == 0 ? 0 : FAILED;
    }

    private void report(JsonNode json, HostileRun run) {
        HostileInput input = new HostileInput(json);
        Verdict verdict = json.path("id").isTextual() && json.path("group").isTextual()
                ? run.send(input)
                : new Failed(List.of("an entry needs an id and a group: " + Json.shorten(json)));
        String title =
                json.path("id").asText("?") + " " + json.path("description").asText("");
        if (verdict instanceof Failed failure) {
            failed++;
            out.println("FAILED " + title);
            failure.reasons().forEach(reason -> out.println("    " + reason));
        } else if (verdict instanceof Skipped skip) {
            skipped++;
            out.println("SKIPPED " + title + ": " + skip.reason());
        } else {
            passed++;
            if (verdict instanceof Departed departed) {
                out.println("DEPARTURE " + title + ": " + departed.reason());
            }
        }
    }

    /** What the arguments ask for. */
    private record Order(JsonNode cases, Container.Kind container, Preset preset) {

        static Order parse(List<String> arguments) {
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < arguments.size(); i += 2) {
                String name = arguments.get(i);
                if (!List.of("--cases", "--container", "--preset").contains(name)) {
                    throw new IllegalArgumentException("unknown argument: " + name);
                }
                if (i + 1 == arguments.size() || values.put(name, arguments.get(i + 1)) != null) {
                    throw new IllegalArgumentException(name + " needs one value");
                }
            }
            Container.Kind container = switch (required(values, "--container")) {
                case "jetty" -> Container.Kind.JETTY;
                case "tomcat" -> Container.Kind.TOMCAT;
                default -> throw new IllegalArgumentException("unknown container: " + values.get("--container"));
            };
            Preset preset = switch (required(values, "--preset")) {
                case "strict" -> Preset.STRICT;
                case "drf" -> Preset.DRF;
                default -> throw new IllegalArgumentException("unknown preset: " + values.get("--preset"));
            };
            return new Order(read(required(values, "--cases")), container, preset);
        }

        private static String required(Map<String, String> values, String name) {
            return Optional.ofNullable(values.get(name))
                    .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
        }

        private static JsonNode read(String file) {
            try {
                return Json.parse(Files.readAllBytes(Path.of(file)))
                        .filter(JsonNode::isArray)
                        .orElseThrow(() -> new IllegalArgumentException(file + " is not a JSON list"));
            } catch (IOException e) {
                throw new IllegalArgumentException("cannot read " + file + ": " + e, e);
            }
        }
    }
}
