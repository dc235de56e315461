package io.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.conformance.Node.Reply;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The key that signs is exchanged for another on two nodes, one after the other, while clients run. */
class KeyRollTest {

    private static final Duration REFRESH_LIFETIME = Duration.ofMinutes(10);
    private static final Duration STEP = Duration.ofSeconds(60);

    private final SharedState shared = new SharedState();
    private final JwtKey oldKey = newKey("old");
    private final JwtKey newKey = newKey("new");
    private final AtomicReference<KeyRing> source = new AtomicReference<>(KeyRing.of(oldKey));
    private final List<KeyRing> rings =
            List.of(KeyRing.reloading(this::configured), KeyRing.reloading(this::configured));
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private List<Node> nodes = List.of();

    @AfterEach
    void stop() throws Exception {
        for (Node node : nodes) {
            node.close();
        }
    }

    @Test
    void no_valid_token_is_refused_while_the_key_is_rolled() throws Exception {
        start(REFRESH_LIFETIME);
        List<Client> clients = IntStream.range(0, 3).mapToObj(i -> new Client()).toList();
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        List<Future<?>> running = List.of();
        try {
            running = clients.stream().<Future<?>>map(threads::submit).toList();
            roll(clients);
        } finally {
            done.set(true);
            threads.shutdown();
        }
        for (Future<?> client : running) {
            client.get(60, TimeUnit.SECONDS);
        }
        assertThat(refusals).isEmpty();
        assertThat(clients).allMatch(client -> client.keyId().equals("new"));
    }

    @Test
    void the_retired_keys_tokens_die_on_time() throws Exception {
        start(Duration.ofDays(1));
        Reply idle = nodes.get(0).logIn();
        Instant retirement = shared.now().plus(Duration.ofHours(2));
        source.set(KeyRing.of(
                oldKey.withRetirement(retirement),
                newKey.withActivation(shared.now().plus(Duration.ofHours(1)))));
        rings.forEach(KeyRing::reload);

        shared.advance(Duration.between(shared.now(), retirement).minusSeconds(1));
        Reply fresh = nodes.get(0).logIn();
        for (Node node : nodes) {
            assertThat(node.refresh(idle.refresh()).status()).isEqualTo(200);
            assertThat(node.get("/auth/jwks/").body().path("keys")).hasSize(2);
        }

        shared.advance(Duration.ofSeconds(1));
        for (Node node : nodes) {
            Reply late = node.refresh(idle.refresh());
            assertThat(late.status()).isEqualTo(401);
            assertThat(late.text("detail")).isEqualTo("Token is invalid");
            assertThat(node.get("/auth/jwks/").body().path("keys")).hasSize(1);
            assertThat(node.me(fresh.access()).status()).isEqualTo(200);
            assertThat(node.refresh(fresh.refresh()).status()).isEqualTo(200);
        }
    }

    /** As the documentation tells: activation ahead, retirement when the last token of the old key has ended. */
    private void roll(List<Client> clients) throws InterruptedException {
        awaitRounds(clients);
        Instant activation = shared.now().plus(STEP);
        Instant retirement = activation.plus(REFRESH_LIFETIME);
        source.set(KeyRing.of(oldKey.withRetirement(retirement), newKey.withActivation(activation)));
        for (KeyRing ring : rings) {
            ring.reload();
            awaitRounds(clients);
        }
        shared.advance(STEP.minusSeconds(1));
        awaitRounds(clients);
        Reply idle = nodes.get(0).logIn();
        assertThat(keyId(idle.refresh())).isEqualTo("old");
        shared.advance(Duration.ofSeconds(1));
        while (shared.now().isBefore(retirement.minus(STEP))) {
            awaitRounds(clients);
            shared.advance(STEP);
        }
        assertThat(nodes.get(1).refresh(idle.refresh()).status())
                .as("an idle client, in its token's last minute")
                .isEqualTo(200);
        shared.advance(Duration.between(shared.now(), retirement));
        awaitRounds(clients);
        source.set(KeyRing.of(newKey));
        for (KeyRing ring : rings) {
            ring.reload();
            awaitRounds(clients);
        }
    }

    /** Each client finishes the round that it is in, and a whole one after it. */
    private static void awaitRounds(List<Client> clients) throws InterruptedException {
        for (Client client : clients) {
            client.rounds.drainPermits();
        }
        for (Client client : clients) {
            assertThat(client.rounds.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void start(Duration refreshLifetime) throws Exception {
        for (KeyRing ring : rings) {
            Node node = shared.start(ring, jwt -> jwt.refreshLifetime(refreshLifetime), KeyRollTest::replacing);
            nodes = nodes.isEmpty() ? List.of(node) : List.of(nodes.get(0), node);
        }
    }

    private static RefreshSettings replacing(RefreshSettings refresh) {
        return refresh.withMode(RotationMode.ROTATE);
    }

    private KeyRing configured() {
        return source.get();
    }

    private static String keyId(String token) {
        String header = new String(
                Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), StandardCharsets.UTF_8);
        return header.replaceAll(".*\"kid\":\"(\\w+)\".*", "$1");
    }

    private static JwtKey newKey(String id) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return JwtKey.of(JwtAlgorithm.ES256, pair.getPublic(), pair.getPrivate())
                    .withId(id);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Refreshes on one node, and asks both for a page with the token before and the new one, until all is done. */
    private final class Client implements Runnable {

        private final Semaphore rounds = new Semaphore(0);
        private volatile Reply tokens = nodes.get(0).logIn();

        @Override
        public void run() {
            for (int round = 0; !done.get() && refusals.isEmpty(); round++) {
                Reply before = tokens;
                Reply next = noted("refresh", nodes.get(round % 2).refresh(before.refresh()));
                for (Node node : nodes) {
                    noted("old access", node.me(before.access()));
                    noted("new access", node.me(next.access()));
                }
                tokens = next;
                rounds.release();
            }
        }

        String keyId() {
            return KeyRollTest.keyId(tokens.access());
        }

        private Reply noted(String what, Reply reply) {
            if (reply.status() != 200) {
                refusals.add(what + ": " + reply.status() + " " + reply.body());
            }
            return reply;
        }
    }
}
