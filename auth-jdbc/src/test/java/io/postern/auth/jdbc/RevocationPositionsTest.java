package io.postern.auth.jdbc;

import static io.postern.auth.jdbc.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.Revocation.Kind;
import io.postern.auth.revocation.RevocationStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RevocationPositionsTest {

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void returns_what_follows_a_restored_backup_to_readers_with_an_older_cursor(TestDatabase database) {
        RevocationStore store = database.empty("positions_").revocations();
        store.add(List.of(entry("before", NOW), entry("with it", NOW.minusSeconds(60))));
        long cursor = store.since(0, 10).cursor();

        database.execute("UPDATE positions_revocation_feed SET feed_position = 0");
        database.execute("DELETE FROM positions_revocation");
        store.add(List.of(entry("after", NOW.plusSeconds(1)), entry("later", NOW.plusSeconds(1))));

        assertThat(store.since(cursor, 10).entries())
                .extracting(Revocation::key)
                .containsExactly("after", "later");
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void returns_what_a_server_with_a_slow_clock_adds(TestDatabase database) {
        RevocationStore store = database.empty("positions_").revocations();
        store.add(List.of(entry("ahead", NOW)));
        long cursor = store.since(0, 10).cursor();

        store.add(List.of(entry("behind", NOW.minusSeconds(60))));

        assertThat(store.since(cursor, 10).entries())
                .extracting(Revocation::key)
                .containsExactly("behind");
    }

    private static Revocation entry(String key, Instant time) {
        return new Revocation(Kind.TOKEN, key, time, time.plusSeconds(600));
    }
}
