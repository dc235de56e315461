package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends hostile inputs to a server and judges what comes back. */
final class HostileReplay implements AutoCloseable {

    /** As an application that keeps other tokens under the same key would make one to set a new password with. */
    private static final String RESET_TOKEN = """
            {"header": {"typ": "reset+jwt"}, "removeClaims": ["token_type"], "claims": {"purpose": "reset"}}
            """;

    /** A busy machine may be slow once; a costly input is slow each time. */
    private static final int TRIES = 3;

    private final HostileServer server;
    private final HostileFixtures fixtures;
    private final Canary canary = new Canary();
    private final Secrets secrets;
    private final TokenForge forge;

    private HostileReplay(HostileServer server, Secrets secrets) {
        this.server = server;
        this.secrets = secrets;
        this.fixtures = HostileFixtures.prepare(server, canary, secrets);
        HostileApp app = server.app();
        this.forge = new TokenForge(
                app.keys(), () -> app.signed(app.login(HostilePast.USER).access()));
    }

    static HostileReplay start(HostileSetup setup, Secrets secrets) throws Exception {
        return new HostileReplay(HostileServer.start(new HostileApp(setup)), secrets);
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
    }

    Outcome send(HostileInput input) {
        Outcome outcome = new Outcome();
        for (String path : input.paths(server.app().setup().usesCookies())) {
            Expander expander = fixtures.forOneInput();
            for (String token : tokens(input, expander)) {
                Expander complete = expander.with("crafted", token);
                if (input.repetition().isMissingNode()) {
                    sendOnce(input, path, token, complete, outcome);
                } else {
                    new HostileRepetition(server, input).run(path, complete, outcome);
                }
            }
        }
        input.canaryHits()
                .filter(wanted -> wanted != canary.visits())
                .ifPresent(wanted -> outcome.dangers().add("somebody visited what the token named"));
        return outcome;
    }

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
        JsonNode recipe = input.recipe();
        if (recipe.isMissingNode()) {
            return List.of("");
        }
        JsonNode resetRecipe = Json.parse(RESET_TOKEN).orElse(MissingNode.getInstance());
        Expander complete =
                expander.with("resetToken", forge.craft(resetRecipe, expander).get(0));
        List<String> tokens = forge.craft(recipe, complete);
        tokens.forEach(secrets::addToken);
        return tokens;
    }

    private void sendOnce(HostileInput input, String path, String token, Expander expander, Outcome outcome) {
        HostileExpectation expectation = input.expectation();
        RawRequest request = input.request(path, expander, server.http().authority());
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && fastest > expectation.maxMillis(); i++) {
            long start = System.nanoTime();
            Answer answer = answer(input, request);
            fastest = Math.min(fastest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            outcome.statuses().add(answer.status());
            outcome.dangers().addAll(expectation.dangers(answer, token));
            outcome.differences().addAll(expectation.differences(answer, expander));
        }
        if (fastest > expectation.maxMillis()) {
            outcome.dangers().add("it took %d ms".formatted(fastest));
        }
    }

    private Answer answer(HostileInput input, RawRequest request) {
        if (!input.needsBrokenStore()) {
            return input.expectation().mayEndWithoutAnswer()
                    ? server.http().sendAndHangUp(request)
                    : server.http().send(request);
        }
        server.app().outage().begin();
        try {
            return server.http().send(request);
        } finally {
            server.app().outage().end();
        }
    }
}
