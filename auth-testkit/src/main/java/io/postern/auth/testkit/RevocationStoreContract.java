package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.Revocation.Kind;
import io.postern.auth.revocation.RevocationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link RevocationStore}.
 *
 * <p>Implement this in a test class; JUnit runs each test against a new store. The feed may contain an entry more than once,
 * but must not skip one. Times are whole milliseconds of the year 2035.
 *
 * <pre>{@code
 * class MyRevocationStoreTest implements RevocationStoreContract {
 *     public RevocationStore emptyStore() { return new MyRevocationStore(emptiedDatabase()); }
 * }
 * }</pre>
 */
public interface RevocationStoreContract {

    /** Returns a new store without entries. */
    RevocationStore emptyStore();

    /** Each kind of entry matches tokens by its own id, as soon as adding returns. */
    @Test
    default void revokes_tokens_by_family_token_and_user() {
        RevocationStore store = emptyStore();
        Instant now = FeedReader.now();

        store.add(List.of(FeedReader.entry(Kind.FAMILY, "f"), FeedReader.entry(Kind.TOKEN, "t")));
        store.add(List.of(FeedReader.entry(Kind.USER, "u")));

        assertThat(store.isRevoked(new Revocation.Subject("f", "-", "-", now))).isTrue();
        assertThat(store.isRevoked(new Revocation.Subject("-", "t", "-", now))).isTrue();
        assertThat(store.isRevoked(new Revocation.Subject("-", "-", "u", now.minusSeconds(1))))
                .isTrue();
        assertThat(store.isRevoked(new Revocation.Subject("-", "-", "-", now.minusSeconds(1))))
                .isFalse();
    }

    /** An id of one kind does not match another kind, and an empty id matches nothing. */
    @Test
    default void distinguishes_kinds() {
        RevocationStore store = emptyStore();
        Instant old = FeedReader.now().minusSeconds(60);
        store.add(List.of(
                FeedReader.entry(Kind.FAMILY, "1"),
                FeedReader.entry(Kind.TOKEN, "2"),
                FeedReader.entry(Kind.USER, "3")));

        assertThat(store.isRevoked(new Revocation.Subject("2", "3", "1", old))).isFalse();
        assertThat(store.isRevoked(new Revocation.Subject("3", "1", "2", old))).isFalse();
        assertThat(store.isRevoked(new Revocation.Subject("", "", "", old))).isFalse();
    }

    /** Case, spaces, suffixes and Unicode forms count. */
    @Test
    default void compares_ids_exactly() {
        RevocationStore store = emptyStore();
        store.add(List.of(FeedReader.entry(Kind.TOKEN, "ann"), FeedReader.entry(Kind.TOKEN, "j\u00fcrgen")));

        for (String twin :
                List.of("Ann", " ann", "ann ", "ann\n", "an_", "%", "' OR '1'='1", "\uff41nn", "ju\u0308rgen")) {
            assertThat(store.isRevoked(new Revocation.Subject(twin, twin, twin, Instant.EPOCH)))
                    .as(twin)
                    .isFalse();
        }
        assertThat(store.isRevoked(new Revocation.Subject("", "j\u00fcrgen", "", Instant.EPOCH)))
                .isTrue();
    }

    /** A user's tokens are revoked if they were issued before the second of the revocation. */
    @Test
    default void revokes_tokens_of_a_user_up_to_the_second_before() {
        RevocationStore store = emptyStore();
        Instant now = FeedReader.now();
        store.add(List.of(new Revocation(Kind.USER, "u", now.plusMillis(900), now.plusSeconds(3_600))));

        assertThat(store.isRevoked(new Revocation.Subject("", "", "u", Instant.EPOCH)))
                .isTrue();
        assertThat(store.isRevoked(new Revocation.Subject("", "", "u", now.minusSeconds(1))))
                .isTrue();
        assertThat(store.isRevoked(new Revocation.Subject("", "", "u", now))).isFalse();
        assertThat(store.isRevoked(new Revocation.Subject("", "", "u", now.plusSeconds(1))))
                .isFalse();
    }

    /** A user may be revoked again; the later time counts, whichever is added first. */
    @Test
    default void applies_the_later_of_two_revocations_of_a_user() {
        RevocationStore store = emptyStore();
        Instant now = FeedReader.now();
        Revocation early = new Revocation(Kind.USER, "u", now.minusSeconds(60), now.plusSeconds(3_600));
        Revocation late = new Revocation(Kind.USER, "u", now, now.plusSeconds(3_600));
        Revocation.Subject between = new Revocation.Subject("", "", "u", now.minusSeconds(30));

        store.add(List.of(early));
        assertThat(store.isRevoked(between)).isFalse();
        store.add(List.of(late));
        assertThat(store.isRevoked(between)).isTrue();
        store.add(List.of(early));
        assertThat(store.isRevoked(between)).isTrue();
    }

    /** An entry that is added again is stored until the later of its expiries. */
    @Test
    default void applies_the_later_of_two_expiries() {
        RevocationStore store = emptyStore();
        Instant now = FeedReader.now();
        store.add(List.of(new Revocation(Kind.TOKEN, "t", now, now.plusSeconds(7_200))));
        store.add(List.of(new Revocation(Kind.TOKEN, "t", now, now.plusSeconds(60))));

        store.deleteExpired(now.plusSeconds(3_600), 10);

        assertThat(store.isRevoked(new Revocation.Subject("", "t", "", now))).isTrue();
    }

    /** The feed contains entries in order, with all of their data. */
    @Test
    default void returns_all_entries_in_order() {
        RevocationStore store = emptyStore();
        List<Revocation> entries = List.of(
                FeedReader.entry(Kind.USER, "u"),
                FeedReader.entry(Kind.FAMILY, "f"),
                FeedReader.entry(Kind.TOKEN, "t"));

        entries.forEach(entry -> store.add(List.of(entry)));

        RevocationStore.Page page = store.since(0, 10);
        assertThat(page.entries()).containsExactlyElementsOf(entries);
        assertThat(page.more()).isFalse();
    }

    /** A store without entries has an empty feed. */
    @Test
    default void returns_nothing_when_it_is_empty() {
        RevocationStore.Page page = emptyStore().since(0, 10);

        assertThat(page.entries()).isEmpty();
        assertThat(page.more()).isFalse();
    }

    /** No page exceeds the limit, and together they contain everything. */
    @Test
    default void returns_a_long_feed_in_pages() {
        RevocationStore store = emptyStore();
        store.add(FeedReader.tokens(0, 250));

        FeedReader reader = new FeedReader(store, 100);

        assertThat(reader.read()).hasSize(250).containsAll(FeedReader.tokens(0, 250));
        assertThat(reader.pages()).isEqualTo(3);
    }

    /** A last page that is exactly full reports that there are no more, or is followed by an empty one. */
    @Test
    default void ends_a_feed_that_fills_its_pages() {
        RevocationStore store = emptyStore();
        store.add(FeedReader.tokens(0, 20));

        assertThat(new FeedReader(store, 10).read()).hasSize(20);
    }

    /** A reader that continues from the last cursor sees what was added since. */
    @Test
    default void continues_where_a_reader_stopped() {
        RevocationStore store = emptyStore();
        FeedReader reader = new FeedReader(store, 10);
        reader.read();

        for (int i = 0; i < 5; i++) {
            List<Revocation> added = FeedReader.tokens(i * 25, i * 25 + 25);
            store.add(added);
            assertThat(reader.read()).containsAll(added);
        }
    }

    /** An entry that is added again is in the feed again, for readers that know only the earlier expiry. */
    @Test
    default void returns_what_is_revoked_again() {
        RevocationStore store = emptyStore();
        Instant now = FeedReader.now();
        store.add(List.of(new Revocation(Kind.USER, "u", now.minusSeconds(60), now.plusSeconds(60))));
        FeedReader reader = new FeedReader(store, 10);
        reader.read();

        Revocation again = new Revocation(Kind.USER, "u", now, now.plusSeconds(3_600));
        store.add(List.of(again));

        assertThat(reader.read()).contains(again);
    }

    /** Deletes what expired before the given time, up to the limit. */
    @Test
    default void deletes_what_has_expired() {
        RevocationStore store = emptyStore();
        Instant now = FeedReader.now();
        for (int i = 0; i < 5; i++) {
            store.add(List.of(new Revocation(Kind.TOKEN, "t" + i, now, now.plusSeconds(3_600 + i))));
        }
        Instant before = now.plusSeconds(3_603);

        assertThat(List.of(
                        store.deleteExpired(before, 2), store.deleteExpired(before, 2), store.deleteExpired(before, 2)))
                .containsExactly(2, 1, 0);

        assertThat(store.since(0, 10).entries()).extracting(Revocation::key).containsExactly("t3", "t4");
        assertThat(store.isRevoked(new Revocation.Subject("", "t2", "", now))).isFalse();
        assertThat(store.isRevoked(new Revocation.Subject("", "t3", "", now))).isTrue();
    }

    /** A reader's cursor stays valid when everything before it is deleted. */
    @Test
    default void continues_after_a_deletion() {
        RevocationStore store = emptyStore();
        store.add(FeedReader.tokens(0, 50));
        FeedReader reader = new FeedReader(store, 10);
        reader.read();
        assertThat(store.deleteExpired(FeedReader.now().plus(Duration.ofDays(1)), 100))
                .isEqualTo(50);

        List<Revocation> added = FeedReader.tokens(50, 60);
        store.add(added);

        assertThat(reader.read()).containsAll(added);
    }

    /**
     * A reader who follows while eight threads add misses nothing, whatever the order in which they commit.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void skips_nothing_while_others_add() throws Exception {
        RevocationStore store = emptyStore();
        AtomicInteger adding = new AtomicInteger(8);
        FeedReader reader = new FeedReader(store, 7);
        Set<Revocation> seen = new HashSet<>();
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            int start = thread * 100;
            racers.add(() -> FeedReader.addByThrees(store, start, adding));
        }
        racers.add(() -> {
            while (adding.get() > 0) {
                seen.addAll(reader.read());
            }
            return seen.addAll(reader.read());
        });

        Race.run(racers);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(FeedReader.tokens(0, 800));
    }
}
