package io.postern.benchmarks;

import io.postern.auth.token.InMemoryTokenStore;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenValue;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What a token takes of the heap. */
final class MemoryBenchmark {

    private static final int TOKENS = 1_000_000;

    String run(int tokensOfUser) throws InterruptedException {
        long before = used();
        InMemoryTokenStore store = new InMemoryTokenStore();
        for (int i = 0; i < TOKENS; i++) {
            store.add(token(i, Integer.toString(i / tokensOfUser)));
        }
        double bytes = (used() - before) / (double) TOKENS;
        for (int i = 0; i < TOKENS; i++) {
            if (store.find(digest(i)).isEmpty()) {
                throw new IllegalStateException("token " + i + " is lost");
            }
        }
        return String.format(Locale.ROOT, "| %d | %d | %.0f |", TOKENS, tokensOfUser, bytes);
    }

    private static StoredToken token(int number, String userId) {
        return new StoredToken(
                UUID.randomUUID().toString().replace("-", ""),
                digest(number),
                userId,
                "",
                Application.NOW,
                Optional.of(Application.NOW.plusSeconds(3_600)),
                Optional.of(Application.NOW),
                Optional.empty());
    }

    private static String digest(int number) {
        return TokenValue.of(Application.tokenText(number)).digest();
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
