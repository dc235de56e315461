package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Sends hostile inputs to a server and judges what comes back. */
final class HostileReplay implements AutoCloseable {

    /** As an application that keeps other tokens under the same key would make one to set a new password with. */
    private static final String RESET_TOKEN = """
            {"header": {"typ": "reset+jwt"}, "removeClaims": ["token_type"], "claims": {"purpose": "reset"}}
            """;

    /** As one that does not log in before a second factor is shown. */
    private static final String MFA_TOKEN = """
            {"header": {"typ": "mfa+jwt"}, "removeClaims": ["token_type"], "claims": {"purpose": "mfa"}}
            """;

    /** A busy machine may be slow once; a costly input is slow each time. */
    private static final int TRIES = 3;

    private final HostileServer server;
    private final HostileFixtures fixtures;
    private final Canary canary = new Canary();
    private final LogTap tap;
    private final TokenForge forge;

    private HostileReplay(HostileServer server, LogTap tap) {
        this.server = server;
        this.tap = tap;
        this.fixtures = HostileFixtures.prepare(server, canary, tap.secrets());
        HostileApp app = server.app();
        this.forge = new TokenForge(
                app.keys(), () -> app.signed(app.login(HostilePast.USER).access()), app::signed);
    }

    static HostileReplay start(HostileSetup setup, LogTap tap) {
        HostileServer server;
        try {
            server = HostileServer.start(new HostileApp(setup));
        } catch (Exception e) {
            throw new CaseProblem("%s does not start: %s".formatted(setup, e), e);
        }
        return new HostileReplay(server, tap);
    }

    /**
     * How an input was answered.
     *
     * @param statuses of all answers
     * @param dangers what must never be
     * @param differences from what is wanted
     */
    record Outcome(List<Integer> statuses, List<String> dangers, List<String> differences) {

        Outcome() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        /** Whether all answers have the status with which the reason for a departure starts. */
        boolean hasOnlyStatusOf(String reason) {
            return !statuses.isEmpty() && statuses.stream().allMatch(status -> reason.startsWith(status + " "));
        }
    }

    Outcome send(HostileInput input) {
        Outcome outcome = new Outcome();
        for (String path : input.paths(server.app().setup().usesCookies())) {
            Expander expander = fixtures.forOneInput();
            HostileExpectation expectation = input.expectation().expanded(expander.at(0, Map.of()));
            List<Attempt> attempts = input.craft().isMissingNode()
                    ? List.of(new Attempt("", expander))
                    : tokens(input, expander).stream()
                            .map(token -> new Attempt(token, expander.with("crafted", token)))
                            .toList();
            tap.beginCase();
            for (Attempt attempt : attempts) {
                if (input.repetition().isMissingNode()) {
                    sendOnce(input, path, attempt, expectation, outcome);
                } else {
                    new HostileRepetition(server, input, expectation).run(path, attempt.expander(), outcome);
                }
            }
            outcome.dangers().addAll(expectation.leaks(tap.linesOfCase()));
        }
        input.canaryHits()
                .filter(wanted -> wanted != canary.visits())
                .ifPresent(wanted -> outcome.dangers().add("a URL that the token named was visited"));
        if (outcome.statuses().isEmpty()) {
            outcome.dangers().add("nothing was sent");
        }
        return outcome;
    }

    /** A token to send, and all names with it. */
    private record Attempt(String token, Expander expander) {}

    /** Whether the server takes what it hands out; one that refuses everything would pass for a safe one. */
    Answer sendGenuine() {
        String header = "Bearer " + server.app().login(HostilePast.USER).access();
        RawHttp http = server.http();
        return http.send(RawRequest.of(
                "GET", "/api/me", List.of(new Header("Authorization", header)), new byte[0], http.authority()));
    }

    @Override
    public void close() {
        server.close();
        canary.close();
    }

    private List<String> tokens(HostileInput input, Expander expander) {
        Expander complete = expander.at(0, Map.of());
        for (Map.Entry<String, String> other :
                Map.of("resetToken", RESET_TOKEN, "mfaPendingToken", MFA_TOKEN).entrySet()) {
            JsonNode craft = Json.parse(other.getValue()).orElseThrow();
            complete =
                    complete.with(other.getKey(), forge.craft(craft, complete).get(0));
        }
        List<String> tokens = forge.craft(input.craft(), complete);
        tokens.forEach(tap.secrets()::addToken);
        return tokens;
    }

    private void sendOnce(
            HostileInput input, String path, Attempt attempt, HostileExpectation expectation, Outcome outcome) {
        Expander expander = attempt.expander().at(0, Map.of());
        String host = server.http().authority();
        RawRequest request = input.request(path, expander, host);
        Optional<RawRequest> next = input.next(expander, host);
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && fastest > expectation.maxMillis(); i++) {
            long start = System.nanoTime();
            List<Answer> answers = answers(input, request, next);
            fastest = Math.min(fastest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            for (Answer answer : answers) {
                outcome.statuses().add(answer.status());
                outcome.dangers().addAll(expectation.dangers(answer, attempt.token()));
                outcome.differences().addAll(expectation.differences(answer));
            }
        }
        if (fastest > expectation.maxMillis()) {
            outcome.dangers().add("it took %d ms".formatted(fastest));
        }
    }

    /** What is judged: the last answer where a second request is meant to follow, else all. */
    private List<Answer> answers(HostileInput input, RawRequest request, Optional<RawRequest> next) {
        if (input.needsBrokenStore()) {
            server.app().outage().begin();
        }
        try {
            RawHttp http = server.http();
            if (next.isPresent() || input.isPipelined()) {
                List<RawRequest> requests =
                        next.map(second -> List.of(request.keptAlive(), second)).orElse(List.of(request));
                List<Answer> answers = input.isPipelined() ? http.sendPipelined(requests) : http.sendInTurn(requests);
                return next.isPresent() ? answers.subList(answers.size() - 1, answers.size()) : answers;
            }
            return List.of(
                    input.expectation().mayEndWithoutAnswer() ? http.sendAndHangUp(request) : http.send(request));
        } finally {
            server.app().outage().end();
        }
    }
}
