package io.postern.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.JedisPooled;

/** What families do that the contract leaves open. */
class FamiliesTest {

    private final JedisPooled server = Servers.single();
    private final TokenFamilyStore store = RedisStores.builder(server).build().refreshTokens();
    private final TokenFamily family = Samples.family("f", "ann");

    @Test
    void takes_a_client_that_repeats_a_lost_command_for_no_thief() {
        store.start(family, Samples.refreshToken("a"));
        Rotation rotation = Samples.rotation(family, "a", "b");

        assertThat(store.rotate(rotation)).isEqualTo(new Rotation.Result.Rotated(Samples.refreshToken("b")));
        assertThat(store.rotate(rotation)).isEqualTo(new Rotation.Result.Rotated(Samples.refreshToken("b")));
        assertThat(store.rotate(Samples.rotation(family, "a", "c"))).isEqualTo(new Rotation.Result.Reused());
        assertThat(store.rotate(rotation)).isEqualTo(new Rotation.Result.Revoked());
    }

    @Test
    void drops_tokens_that_nobody_can_show_any_more() {
        store.start(family, Samples.refreshToken("t0"));
        Instant now = Samples.NOW;
        for (int i = 0; i < 400; i++) {
            now = now.plus(Duration.ofHours(5));
            rotate("t" + i, "t" + (i + 1), now);
        }

        assertThat(server.hlen("postern:f:{f}")).isLessThan(150);
        assertThat(store.stateOf("f", "t400")).isEqualTo(TokenState.LIVE);
        for (int i = 396; i < 400; i++) {
            assertThat(store.stateOf("f", "t" + i)).isEqualTo(TokenState.USED);
        }
    }

    private void rotate(String presented, String next, Instant now) {
        TokenRecord from = new TokenRecord(presented, now, now.plus(Samples.DAY));
        TokenRecord to = new TokenRecord(next, now, now.plus(Samples.DAY));
        assertThat(store.rotate(new Rotation(family, from, to, now, Duration.ZERO, RotationMode.ROTATE, false)))
                .isEqualTo(new Rotation.Result.Rotated(to));
    }
}
