package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One input many times over, from several clients at once, each of which keeps its connection. */
final class HostileRepetition {

    private static final String ROTATING = "rotating:A,B,none";
    private static final int UNAUTHORIZED = 401;
    private static final int OK = 200;

    private final HostileServer server;
    private final HostileInput input;
    private final JsonNode order;
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<Round> rounds = new ConcurrentLinkedQueue<>();
    private volatile boolean revoked;

    HostileRepetition(HostileServer server, HostileInput input) {
        this.server = server;
        this.input = input;
        this.order = input.repetition();
    }

    /** Whose request it is; nobody's if that does not matter. */
    private record Turn(RawRequest request, String user) {}

    private record Round(Answer answer, String user, boolean afterRevocation) {}

    void run(String path, Expander expander, HostileReplay.Outcome outcome) {
        List<Turn> turns = turns(path, expander);
        long start = System.nanoTime();
        sendAll(turns);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (millis > input.expectation().maxMillis()) {
            outcome.dangers().add("it took %d ms".formatted(millis));
        }
        rounds.forEach(round -> judge(round, expander, outcome));
        order.path("exactly").properties().forEach(wanted -> {
            int status = Integer.parseInt(wanted.getKey());
            long found = rounds.stream()
                    .filter(round -> round.answer().status() == status)
                    .count();
            if (found != wanted.getValue().longValue()) {
                outcome.differences().add("%d times %d, not %s".formatted(found, status, wanted.getValue()));
            }
        });
    }

    private List<Turn> turns(String path, Expander expander) {
        String host = server.http().authority();
        if (!order.path("identityMustMatch").asBoolean(false)) {
            return List.of(new Turn(input.request(path, expander, host).keptAlive(), ""));
        }
        List<Turn> turns = new ArrayList<>();
        for (String user : List.of(HostilePast.USER, HostilePast.OTHER_USER)) {
            String token = server.app().login(user).access();
            turns.add(new Turn(
                    input.request(path, expander.with(ROTATING, token), host).keptAlive(), user));
        }
        turns.add(new Turn(RawRequest.withoutBody("GET", path, host).keptAlive(), "nobody"));
        return turns;
    }

    private void sendAll(List<Turn> turns) {
        int clients = order.required("concurrency").intValue();
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(pool.submit(() -> sendInTurn(turns)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaseProblem(input.id() + " was interrupted", e);
        } catch (ExecutionException e) {
            throw new CaseProblem(input.id() + ": " + e.getCause(), e);
        } finally {
            pool.shutdownNow();
        }
    }

    private void sendInTurn(List<Turn> turns) {
        int times = order.required("times").intValue();
        try (RawHttp.Connection connection = server.http().connect()) {
            for (int i = next.getAndIncrement(); i < times; i = next.getAndIncrement()) {
                if (order.path("revokeAt").asInt(-1) == i) {
                    server.app().postern().tokens().revokeAll(HostilePast.USER);
                    revoked = true;
                }
                boolean late = revoked;
                Turn turn = turns.get(i % turns.size());
                rounds.add(new Round(connection.send(turn.request()), turn.user(), late));
            }
        }
    }

    private void judge(Round round, Expander expander, HostileReplay.Outcome outcome) {
        Answer answer = round.answer();
        outcome.statuses().add(answer.status());
        outcome.dangers().addAll(input.expectation().dangers(answer, ""));
        outcome.differences().addAll(input.expectation().differences(answer, expander));
        if (round.afterRevocation() && answer.status() != UNAUTHORIZED) {
            outcome.dangers().add("status %d after the revocation".formatted(answer.status()));
        }
        if (!round.user().isEmpty() && !knows(answer, round.user())) {
            outcome.dangers().add("the answer is not for " + round.user());
        }
    }

    private static boolean knows(Answer answer, String user) {
        return user.equals("nobody")
                ? answer.status() == UNAUTHORIZED
                : answer.status() == OK && answer.text().equals(HostileServer.PROTECTED + " " + user);
    }
}
