package io.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.conformance.Browser.Answer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database, or Redis, is killed and started again while clients run. */
class FaultTest {

    private static final int CLIENTS = 6;
    private static final int KILLS = 2;
    private static final String ALICE = "Token " + "a11ce".repeat(8);

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private StoreServer backing;
    private ConformanceServer server;

    @AfterEach
    void stop() throws Exception {
        done.set(true);
        threads.shutdownNow();
        server.close();
        backing.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "redis"})
    void a_store_that_dies_lets_nobody_in_and_loses_nothing(String stores) throws Exception {
        backing = StoreServer.start(stores);
        server = ConformanceServer.start(0, "revoke", Storage.open(stores, backing.url()));
        List<Client> clients =
                IntStream.range(0, CLIENTS).mapToObj(i -> new Client()).toList();
        List<Future<?>> running =
                clients.stream().<Future<?>>map(threads::submit).toList();

        for (int i = 0; i < KILLS; i++) {
            awaitAnswers(100);
            backing.kill();
            awaitRefusals(10);
            backing.startAgain();
        }
        awaitAnswers(100);
        done.set(true);
        for (Future<?> client : running) {
            client.get(60, TimeUnit.SECONDS);
        }

        assertThat(wrong).isEmpty();
        for (Client client : clients) {
            client.checkWhatIsLeft();
        }
        assertThat(wrong).isEmpty();
        assertThat(clients).allMatch(client -> client.ended.size() > 1 && client.living.size() > 1);
    }

    private void awaitAnswers(int more) throws InterruptedException {
        await(answers, more);
    }

    private void awaitRefusals(int more) throws InterruptedException {
        await(refusals, more);
    }

    private void await(AtomicInteger count, int more) throws InterruptedException {
        int goal = count.get() + more;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (count.get() < goal) {
            assertThat(System.nanoTime())
                    .as("%s answers, wrong: %s", count, wrong)
                    .isLessThan(end);
            Thread.sleep(10);
        }
    }

    /** Logs in, refreshes, and ends every other login, again and again; what fails is tried until it does not. */
    private final class Client implements Runnable {

        private final Browser browser = new Browser();
        private final Queue<String> living = new ConcurrentLinkedQueue<>();
        private final Queue<Answer> ended = new ConcurrentLinkedQueue<>();

        @Override
        public void run() {
            try {
                for (int round = 0; !done.get(); round++) {
                    Answer first = insist("create", () -> browser.logIn(server.port(), "/auth/jwt/create/"), 200);
                    insist("token", () -> browser.get(server.port(), "/token/", ALICE), 200);
                    insist("wrong token", () -> browser.get(server.port(), "/token/", ALICE + "0"), 401);
                    Answer second = insist("refresh", () -> refresh(first.text("refresh")), 200);
                    insist("access", () -> me(second), 200);
                    if (round % 2 == 0) {
                        living.add(second.text("refresh"));
                    } else {
                        end(second);
                    }
                }
            } catch (Exception e) {
                wrong.add(e.toString());
            }
        }

        /** What was told to be revoked stays so, and what was issued and not revoked is good. */
        void checkWhatIsLeft() throws Exception {
            for (Answer tokens : ended) {
                expect("ended refresh", refresh(tokens.text("refresh")), 401);
                expect("ended access", me(tokens), 401);
            }
            for (String refresh : living) {
                expect("living refresh", refresh(refresh), 200);
            }
        }

        /** Whether an answer that failed had ended the login is not known, so it is asked again. */
        private void end(Answer tokens) throws Exception {
            Map<String, String> fields = Map.of("refresh", tokens.text("refresh"));
            Answer answer;
            do {
                answer = noted("blacklist", browser.post(server.port(), "/auth/jwt/blacklist/", fields), 200, 401);
            } while (answer.status() == 503);
            ended.add(tokens);
            insist("refresh after the end", () -> refresh(tokens.text("refresh")), 401);
            insist("access after the end", () -> me(tokens), 401);
        }

        private Answer refresh(String token) throws Exception {
            return browser.post(server.port(), "/auth/jwt/refresh/", Map.of("refresh", token));
        }

        private Answer me(Answer tokens) throws Exception {
            return browser.get(server.port(), "/jwt/", "Bearer " + tokens.text("access"));
        }

        private Answer insist(String what, Request request, int expected) throws Exception {
            Answer answer;
            do {
                answer = noted(what, request.send(), expected, expected);
            } while (answer.status() == 503);
            return answer;
        }

        private void expect(String what, Answer answer, int expected) {
            noted(what, answer, expected, expected);
            if (answer.status() == 503) {
                wrong.add(what + ": 503 though the store is back");
            }
        }

        private Answer noted(String what, Answer answer, int expected, int orElse) {
            answers.incrementAndGet();
            if (answer.status() == 503) {
                refusals.incrementAndGet();
                if (!answer.hasRetryAfter()) {
                    wrong.add(what + ": 503 without Retry-After");
                }
            } else if (answer.status() != expected && answer.status() != orElse) {
                wrong.add(what + ": " + answer.status() + " " + answer.body());
            }
            return answer;
        }
    }

    /** Something to ask a server. */
    private interface Request {
        Answer send() throws Exception;
    }
}
