package io.postern.benchmarks;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.Verdict;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Parallel requests by HTTP Basic, and logins beside strangers who guess, with the default hash and limits. */
final class FloodBenchmark {

    private static final int CLIENTS = 40;
    private static final int REQUESTS = 5;
    private static final int STRANGERS = 12;
    private static final int LOGINS = 12;

    private final Postern postern;

    FloodBenchmark() {
        InMemoryUserStore users = new InMemoryUserStore();
        PasswordHasher hasher = PasswordHasher.pbkdf2();
        String hash = hasher.hash(Password.of("right"));
        for (int i = 0; i < CLIENTS; i++) {
            users.add(UserRecord.of("user-" + i, "user-" + i), hash);
        }
        this.postern = Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(hasher))
                .withoutListeners()
                .authenticators(basic())
                .permissions(isAuthenticated())
                .build();
    }

    List<String> run() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            return List.of(
                    row("40 clients, Basic, one user, 5 requests each", parallel(threads, 1)),
                    row("40 clients, Basic, 8 users, 5 requests each", parallel(threads, 8)),
                    row("12 logins alone", logins()),
                    row("12 logins beside 12 Basic clients that guess", duringGuesses(threads, this::request)),
                    row("12 logins beside 12 clients that guess at the login", duringGuesses(threads, this::logIn)));
        } finally {
            threads.shutdown();
        }
    }

    private List<Outcome> parallel(ExecutorService threads, int users) throws Exception {
        List<Future<List<Outcome>>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String username = "user-" + i % users;
            clients.add(threads.submit(() -> repeat(REQUESTS, () -> request(username, "right"))));
        }
        List<Outcome> all = new ArrayList<>();
        for (Future<List<Outcome>> client : clients) {
            all.addAll(client.get());
        }
        return all;
    }

    private List<Outcome> logins() throws Exception {
        return repeat(LOGINS, () -> logIn("user-1", "right"));
    }

    private List<Outcome> duringGuesses(ExecutorService threads, Attempt attempt) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger guesses = new AtomicInteger();
        List<Future<?>> strangers = new ArrayList<>();
        for (int i = 0; i < STRANGERS; i++) {
            strangers.add(threads.submit(() -> {
                while (!over.get()) {
                    attempt.send("user-0", "guess-" + guesses.incrementAndGet());
                }
            }));
        }
        List<Outcome> outcomes = logins();
        over.set(true);
        for (Future<?> stranger : strangers) {
            stranger.get();
        }
        return outcomes;
    }

    private boolean request(String username, String password) {
        String pair = Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
        return postern.gate().check(new BareRequest("Basic " + pair), postern.defaultPolicy())
                instanceof Verdict.Granted;
    }

    private boolean logIn(String username, String password) {
        return postern.passwords().check(username, Password.of(password)) instanceof PasswordLogin.Result.Success;
    }

    private static List<Outcome> repeat(int times, Callable<Boolean> call) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            boolean succeeded = call.call();
            outcomes.add(new Outcome(succeeded, (System.nanoTime() - start) / 1_000_000));
        }
        return outcomes;
    }

    private static String row(String name, List<Outcome> outcomes) {
        List<Long> millis = new ArrayList<>();
        outcomes.forEach(outcome -> millis.add(outcome.millis()));
        Collections.sort(millis);
        return String.format(
                Locale.ROOT,
                "| %s | %d of %d | %d | %d |",
                name,
                outcomes.stream().filter(Outcome::succeeded).count(),
                outcomes.size(),
                millis.get(millis.size() / 2),
                millis.get(millis.size() - 1));
    }

    /** Returns whether it succeeded. */
    @FunctionalInterface
    private interface Attempt {

        boolean send(String username, String password);
    }

    private record Outcome(boolean succeeded, long millis) {}
}
