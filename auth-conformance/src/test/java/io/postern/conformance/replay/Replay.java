package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs scenarios against the server of one profile. */
final class Replay {

    private static final int NO_CONTENT = 204;

    private final RawHttp http;
    private final TokenSigner signer;
    private final TokenMinter minter;
    private final Clock clock;
    private final Secrets secrets;

    Replay(RawHttp http, String profile, Clock clock, Secrets secrets) {
        this.http = http;
        this.clock = clock;
        this.secrets = secrets;
        this.signer = TokenSigner.forProfile(profile);
        this.minter = new TokenMinter(signer, clock);
    }

    /**
     * How a scenario went.
     *
     * @param mismatches where answers differ from the recorded ones
     * @param problem why the scenario could not be run to its end
     */
    record Outcome(List<String> mismatches, Optional<String> problem) {

        Outcome {
            mismatches = List.copyOf(mismatches);
        }

        boolean isAsRecorded() {
            return mismatches.isEmpty() && problem.isEmpty();
        }

        String describe() {
            List<String> lines = new ArrayList<>(mismatches);
            problem.ifPresent(lines::add);
            return String.join("\n    ", lines);
        }
    }

    /** Resets the server and sends the requests in order, going on after an answer that differs. */
    Outcome run(Scenario scenario) {
        List<String> mismatches = new ArrayList<>();
        Variables variables = new Variables(http.authority());
        String label = "reset: ";
        try {
            reset();
            int number = 0;
            for (Step step : scenario.steps()) {
                number++;
                label = scenario.steps().size() > 1 ? "step " + number + ": " : "";
                Answer answer = send(step, variables);
                for (String line : judge(step, answer, variables).lines()) {
                    mismatches.add(label + line);
                }
                capture(step.capture(), answer, variables);
            }
            return new Outcome(mismatches, Optional.empty());
        } catch (CaseProblem problem) {
            return new Outcome(mismatches, Optional.of(label + problem.getMessage()));
        }
    }

    private void reset() {
        Answer answer = http.send(RawRequest.withoutBody("POST", "/_test/reset/", http.authority()));
        if (answer.status() != NO_CONTENT) {
            throw new CaseProblem("POST /_test/reset/ answered " + answer.status());
        }
    }

    private Answer send(Step step, Variables variables) {
        for (Map.Entry<String, JsonNode> token : step.mint().entrySet()) {
            String minted = minter.mint(token.getValue(), variables);
            secrets.add(minted);
            variables.set(token.getKey(), minted);
        }
        JsonNode request = variables.fill(step.request());
        secrets.addAllOf(request);
        return http.send(RawRequest.from(request, http.authority()));
    }

    private Mismatches judge(Step step, Answer answer, Variables variables) {
        return new AnswerMatcher(new JsonMatcher(signer, variables, clock)).match(step.expectation(), answer);
    }

    private void capture(Map<String, String> sources, Answer answer, Variables variables) {
        sources.forEach((name, source) -> {
            JsonNode value = captured(source, answer)
                    .orElseThrow(() ->
                            new CaseProblem("nothing to capture at %s (status %d)".formatted(source, answer.status())));
            secrets.add(Json.textOf(value));
            variables.set(name, value);
        });
    }

    private static Optional<JsonNode> captured(String source, Answer answer) {
        if (source.startsWith("cookie:")) {
            String name = source.substring("cookie:".length());
            return Optional.ofNullable(answer.cookies().get(name)).map(cookie -> TextNode.valueOf(cookie.get("value")));
        }
        if (source.startsWith("header:")) {
            return answer.first(source.substring("header:".length())).map(TextNode::valueOf);
        }
        String pointer = "/" + source.substring("$.".length()).replace('.', '/');
        return answer.json().map(body -> body.at(pointer)).filter(value -> !value.isMissingNode() && !value.isNull());
    }
}
