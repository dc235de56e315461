package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.Revocation.Kind;
import io.postern.auth.revocation.RevocationStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Follows a feed like a node. */
final class FeedReader {

    // In the future, so that nothing expires by a store's own clock, but within 32 bits.
    private static final Instant START = Instant.parse("2035-01-01T00:00:00Z");

    private final RevocationStore store;
    private final int limit;
    private long cursor;
    private int pages;

    FeedReader(RevocationStore store, int limit) {
        this.store = store;
        this.limit = limit;
    }

    static Instant now() {
        return START;
    }

    static Revocation entry(Kind kind, String key) {
        return new Revocation(kind, key, START, START.plusSeconds(3_600));
    }

    static List<Revocation> tokens(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> entry(Kind.TOKEN, "t" + i))
                .toList();
    }

    static boolean addByThrees(RevocationStore store, int start, AtomicInteger adding) {
        try {
            for (int i = start; i < start + 100; i += 3) {
                store.add(tokens(i, Math.min(i + 3, start + 100)));
            }
            return true;
        } finally {
            adding.decrementAndGet();
        }
    }

    /** Returns the number of pages read. */
    int pages() {
        return pages;
    }

    /** Reads to the end and stores the cursor of the last page. */
    Set<Revocation> read() {
        Set<Revocation> found = new HashSet<>();
        long position = cursor;
        RevocationStore.Page page;
        do {
            page = store.since(position, limit);
            pages++;
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
            assertThat(page.more() && page.cursor() == position)
                    .as("more, but the same cursor")
                    .isFalse();
            found.addAll(page.entries());
            position = page.cursor();
        } while (page.more());
        cursor = position;
        return found;
    }
}
