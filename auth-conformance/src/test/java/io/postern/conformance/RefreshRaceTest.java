package io.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.conformance.Node.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients refresh the same token at once, over HTTP, on two nodes that share their stores. */
class RefreshRaceTest {

    private static final int MANY = 100;

    private final SharedState shared = new SharedState();
    private List<Node> nodes = List.of();

    @AfterEach
    void stop() throws Exception {
        for (Node node : nodes) {
            node.close();
        }
    }

    @Test
    void without_grace_one_refresh_wins_and_the_login_is_over() throws Exception {
        startWithGrace(Duration.ZERO);
        Reply pair = nodes.get(0).logIn();

        List<Reply> replies = refreshAtOnce(pair.refresh());

        assertThat(replies).filteredOn(is(200)).hasSize(1);
        assertThat(replies)
                .filteredOn(is(401))
                .hasSize(MANY - 1)
                .extracting(reply -> reply.text("detail"))
                .containsOnly("Token is blacklisted");
        Reply winner = replies.stream().filter(is(200)).findFirst().orElseThrow();
        awaitStaleness();
        assertIsOver(winner);
        assertIsOver(pair);
    }

    @Test
    void with_grace_all_refreshes_get_the_one_current_token() throws Exception {
        startWithGrace(Duration.ofSeconds(5));
        Reply pair = nodes.get(0).logIn();

        List<Reply> replies = refreshAtOnce(pair.refresh());

        assertThat(replies).allMatch(is(200));
        assertThat(replies)
                .extracting(Reply::refresh)
                .containsOnly(replies.get(0).refresh());
        assertThat(replies).allMatch(reply -> nodes.get(1).me(reply.access()).status() == 200);
        assertThat(devices(replies.get(0))).isEqualTo(1);
    }

    @Test
    void an_old_token_shown_after_the_grace_ends_the_login_everywhere_within_a_second() throws Exception {
        startWithGrace(Duration.ofSeconds(5));
        Reply pair = nodes.get(0).logIn();
        Reply other = nodes.get(0).logIn();
        List<Reply> replies = refreshAtOnce(pair.refresh());
        shared.advance(Duration.ofSeconds(5));
        assertThat(replies).allMatch(reply -> nodes.get(1).me(reply.access()).status() == 200);

        Reply thief = nodes.get(0).refresh(pair.refresh());

        assertThat(thief.status()).isEqualTo(401);
        assertThat(thief.text("detail")).isEqualTo("Token is blacklisted");
        assertThat(nodes.get(0).me(replies.get(0).access()).status())
                .as("the node that saw it, at once")
                .isEqualTo(401);
        awaitStaleness();
        assertIsOver(pair);
        replies.forEach(this::assertIsOver);
        assertThat(nodes).allMatch(node -> node.me(other.access()).status() == 200);
        assertThat(devices(other)).isEqualTo(1);
    }

    private void startWithGrace(Duration grace) throws Exception {
        KeyRing keys = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32]));
        Node first = shared.start(
                keys, refresh -> refresh.withMode(RotationMode.ROTATE).withReuseGracePeriod(grace));
        nodes = List.of(first);
        nodes = List.of(
                first,
                shared.start(
                        keys, refresh -> refresh.withMode(RotationMode.ROTATE).withReuseGracePeriod(grace)));
    }

    private List<Reply> refreshAtOnce(String token) {
        List<CompletableFuture<Reply>> sent = IntStream.range(0, MANY)
                .mapToObj(i -> nodes.get(i % nodes.size()).refreshing(token))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private void assertIsOver(Reply tokens) {
        for (Node node : nodes) {
            Reply me = node.me(tokens.access());
            assertThat(me.status()).isEqualTo(401);
            assertThat(me.body().at("/messages/0/message").asText()).isEqualTo("Token is blacklisted");
            assertThat(node.refresh(tokens.refresh()).status()).isEqualTo(401);
        }
    }

    /** Waits until every node reads revocations again at its next request. */
    private static void awaitStaleness() throws InterruptedException {
        Thread.sleep(1_001);
    }

    private int devices(Reply tokens) {
        return nodes.get(1)
                .get("/auth/jwt/devices/", tokens.access())
                .body()
                .path("devices")
                .size();
    }

    private static Predicate<Reply> is(int status) {
        return reply -> reply.status() == status;
    }
}
