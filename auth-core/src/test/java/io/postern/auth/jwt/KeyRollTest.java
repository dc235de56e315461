package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The key is rolled over and over by the recipe of {@link KeyRing} while two nodes serve clients. */
class KeyRollTest {

    private static final byte[] INPUT = "eyJ.eyJ".getBytes(StandardCharsets.US_ASCII);
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
    private static final Duration LIFETIME = Duration.ofSeconds(20);
    private static final Duration LEEWAY = Duration.ofSeconds(2);
    private static final Duration AHEAD = Duration.ofSeconds(6);
    private static final int ROLL_EVERY = 15;
    private static final int SECONDS = 150;
    private static final int THREADS = 4;

    private record Token(Optional<String> kid, Base64URL signature, Instant expiry) {}

    private final AtomicReference<Instant> clock = new AtomicReference<>(START);
    private final AtomicReference<List<JwtKey>> file = new AtomicReference<>(List.of(key(0)));
    private final KeyRing prompt = KeyRing.reloading(this::ofFile);
    private final KeyRing tardy = KeyRing.reloading(this::ofFile);
    private final AtomicIntegerArray rounds = new AtomicIntegerArray(THREADS);
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void no_valid_token_is_refused_at_any_moment() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(THREADS);
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            running.add(clients.submit(() -> serve(number)));
        }
        List<String> signers = new ArrayList<>();
        try {
            for (int second = 1; second <= SECONDS && running.stream().noneMatch(Future::isDone); second++) {
                awaitARoundOfEach(running);
                pass(second);
                signers.add(prompt.signing(clock.get()).id().orElseThrow());
            }
        } finally {
            over.set(true);
            clients.shutdown();
        }
        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        for (Future<Integer> client : running) {
            assertThat(client.get()).isGreaterThan(SECONDS);
        }
        assertThat(signers.stream().distinct()).hasSize(SECONDS / ROLL_EVERY);
    }

    @Test
    void the_tokens_of_a_retired_key_die_on_time() {
        Token token = sign(prompt, START);
        roll(START, 1);
        prompt.reload();
        Instant retirement = START.plus(AHEAD).plus(LIFETIME).plus(LEEWAY);

        assertThat(accepts(prompt, token, retirement.minusNanos(1))).isTrue();
        assertThat(accepts(prompt, token, retirement)).isFalse();
        assertThat(accepts(prompt, sign(prompt, retirement), retirement)).isTrue();
        // The last that the old key signed has lived out its time by then.
        Token last = sign(prompt, START.plus(AHEAD).minusNanos(1));
        assertThat(last.kid()).isEqualTo(token.kid());
        assertThat(last.expiry().plus(LEEWAY)).isBefore(retirement);
    }

    @Test
    void without_the_overlap_a_token_of_a_removed_key_dies_at_once() {
        Token token = sign(prompt, START);
        file.set(List.of(key(1)));
        prompt.reload();

        assertThat(accepts(prompt, token, START)).isFalse();
    }

    /** One second: a key is added now and then, one node reloads at once and the other shortly before the activation. */
    private void pass(int second) {
        Instant now = START.plusSeconds(second);
        clock.set(now);
        if (second % ROLL_EVERY == 0) {
            roll(now, second / ROLL_EVERY);
            prompt.reload();
        }
        if (second % ROLL_EVERY == AHEAD.toSeconds() - 2) {
            tardy.reload();
        }
    }

    private void roll(Instant now, int number) {
        Instant activation = now.plus(AHEAD);
        Instant retirement = activation.plus(LIFETIME).plus(LEEWAY);
        List<JwtKey> keys = new ArrayList<>();
        for (JwtKey key : file.get()) {
            boolean unlimited = key.retirement().equals(Instant.MAX);
            JwtKey kept = unlimited ? key.withRetirement(retirement) : key;
            if (kept.retirement().plus(LEEWAY).isAfter(now)) {
                keys.add(kept);
            }
        }
        keys.add(key(number).withActivation(activation));
        file.set(List.copyOf(keys));
    }

    private int serve(int number) {
        Deque<Token> live = new ArrayDeque<>();
        int verified = 0;
        while (!over.get()) {
            Instant now = clock.get();
            if (live.isEmpty() || now.plus(LIFETIME).isAfter(live.getLast().expiry())) {
                live.add(sign(now.getEpochSecond() % 2 == 0 ? prompt : tardy, now));
            }
            for (Token token : live) {
                Instant before = clock.get();
                boolean accepted = accepts(prompt, token, before) && accepts(tardy, token, before);
                if (!accepted && clock.get().isBefore(token.expiry())) {
                    throw new AssertionError("refused at " + before + ": " + token + " by " + prompt + ", " + tardy);
                }
                verified += accepted ? 1 : 0;
            }
            live.removeIf(token -> !clock.get().isBefore(token.expiry()));
            rounds.incrementAndGet(number);
        }
        return verified;
    }

    /** So that no client looks at a clock that has long moved on. */
    private void awaitARoundOfEach(List<Future<Integer>> running) {
        int[] before = IntStream.range(0, THREADS).map(rounds::get).toArray();
        for (int i = 0; i < THREADS; i++) {
            while (rounds.get(i) < before[i] + 2 && !running.get(i).isDone()) {
                Thread.onSpinWait();
            }
        }
    }

    private static Token sign(KeyRing ring, Instant now) {
        JwtKey key = ring.signing(now);
        return new Token(key.id(), key.sign(INPUT), now.plus(LIFETIME));
    }

    private static boolean accepts(KeyRing ring, Token token, Instant now) {
        return Keys.find(ring, "HS256", token.kid(), true, now)
                .filter(key -> Keys.verifies(key, INPUT, token.signature()))
                .isPresent();
    }

    private KeyRing ofFile() {
        List<JwtKey> keys = file.get();
        return KeyRing.of(keys.get(0), keys.subList(1, keys.size()).toArray(JwtKey[]::new));
    }

    private static JwtKey key(int number) {
        try {
            byte[] name = ("key " + number).getBytes(StandardCharsets.US_ASCII);
            return JwtKey.hmac(
                    JwtAlgorithm.HS256, MessageDigest.getInstance("SHA-256").digest(name));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
