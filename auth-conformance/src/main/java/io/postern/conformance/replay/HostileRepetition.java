package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** One input many times over, from several clients at once, each of which keeps its connection. */
final class HostileRepetition {

    private static final String ROTATING = "rotating:A,B,none";
    private static final int UNAUTHORIZED = 401;
    private static final int OK = 200;
    private static final long MIB = 1 << 20;

    private final HostileServer server;
    private final HostileInput input;
    private final HostileExpectation expectation;
    private final JsonNode order;
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<Round> rounds = new ConcurrentLinkedQueue<>();
    private volatile boolean revoked;

    HostileRepetition(HostileServer server, HostileInput input, HostileExpectation expectation) {
        this.server = server;
        this.input = input;
        this.expectation = expectation;
        this.order = input.repetition();
    }

    /** Whose request it is; empty if that does not matter. */
    private record Turn(IntFunction<RawRequest> request, String user) {}

    private record Round(Answer answer, String user, boolean afterRevocation) {}

    void run(String path, Expander expander, HostileReplay.Outcome outcome) {
        List<Turn> turns = turns(path, expander);
        long start = System.nanoTime();
        long heap = usedHeap();
        sendAll(turns);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (millis > expectation.maxMillis()) {
            outcome.dangers().add("it took %d ms".formatted(millis));
        }
        rounds.forEach(round -> judge(round, outcome));
        judgeTogether(heap, outcome);
    }

    private void judgeTogether(long heapBefore, HostileReplay.Outcome outcome) {
        long accepted =
                rounds.stream().filter(round -> round.answer().status() == OK).count();
        if (order.has("maxAccepted") && accepted > order.path("maxAccepted").longValue()) {
            outcome.dangers().add("%d accepted".formatted(accepted));
        }
        long growth = (usedHeap() - heapBefore) / MIB;
        if (order.has("maxHeapGrowthMiB")
                && growth > order.path("maxHeapGrowthMiB").longValue()) {
            outcome.dangers().add("the heap grew by %d MiB".formatted(growth));
        }
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
            Map<String, String> tokens = new HashMap<>(Map.of("none", ""));
            tokens.put("A", server.app().login(HostilePast.USER).access());
            tokens.put("B", server.app().login(HostilePast.OTHER_USER).access());
            return List.of(new Turn(
                    index -> input.request(path, expander.at(index, tokens), host)
                            .keptAlive(),
                    ""));
        }
        List<Turn> turns = new ArrayList<>();
        for (String user : List.of(HostilePast.USER, HostilePast.OTHER_USER)) {
            String token = server.app().login(user).access();
            RawRequest request =
                    input.request(path, expander.with(ROTATING, token), host).keptAlive();
            turns.add(new Turn(index -> request, user));
        }
        RawRequest anonymous = RawRequest.withoutBody("GET", path, host).keptAlive();
        turns.add(new Turn(index -> anonymous, "anonymous"));
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
        RawHttp.Connection connection = server.http().connect();
        try {
            for (int i = next.getAndIncrement(); i < times; i = next.getAndIncrement()) {
                if (order.path("revokeAt").asInt(-1) == i) {
                    server.app().postern().tokens().revokeAll(HostilePast.USER);
                    revoked = true;
                }
                boolean late = revoked;
                Turn turn = turns.get(i % turns.size());
                Answer answer = connection.send(turn.request().apply(i));
                rounds.add(new Round(answer, turn.user(), late));
                if (answer.all("Connection").contains("close")) {
                    connection.close();
                    connection = server.http().connect();
                }
            }
        } finally {
            connection.close();
        }
    }

    private void judge(Round round, HostileReplay.Outcome outcome) {
        Answer answer = round.answer();
        outcome.statuses().add(answer.status());
        outcome.dangers().addAll(expectation.dangers(answer, ""));
        outcome.differences().addAll(expectation.differences(answer));
        if (round.afterRevocation() && !allowedAfterRevocation(answer.status())) {
            outcome.dangers().add("status %d after the revocation".formatted(answer.status()));
        }
        if (!round.user().isEmpty() && !knows(answer, round.user())) {
            outcome.dangers().add("the answer is not for " + round.user());
        }
    }

    /** Not measured where it does not matter. */
    private long usedHeap() {
        if (!order.has("maxHeapGrowthMiB")) {
            return 0;
        }
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private boolean allowedAfterRevocation(int status) {
        return order.path("afterRevoke").valueStream().anyMatch(allowed -> allowed.intValue() == status);
    }

    private static boolean knows(Answer answer, String user) {
        return user.equals("anonymous")
                ? answer.status() == UNAUTHORIZED
                : answer.status() == OK && answer.text().equals(HostileServer.PROTECTED + " " + user);
    }
}
