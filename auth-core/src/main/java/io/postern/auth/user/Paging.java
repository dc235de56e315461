package io.postern.auth.user;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The page of a list that a store returns. Lists are sorted by creation, then by id.
 *
 * <pre>{@code
 * List<StoredToken> first = tokens.list(userId, Paging.first(100));
 * }</pre>
 *
 * @param created the page begins after the entries created at this time
 * @param id with this id or a lesser one
 * @param limit the maximum number of entries
 */
public record Paging(Instant created, String id, int limit) {

    /**
     * Validates the components.
     *
     * @throws IllegalArgumentException if the limit is less than 1
     */
    public Paging {
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(id, "id");
        if (limit < 1) {
            throw new IllegalArgumentException("the limit of a list is " + limit + "; choose at least 1");
        }
    }

    /** Returns the first page, of at most {@code limit} entries. */
    public static Paging first(int limit) {
        return new Paging(Instant.EPOCH, "", limit);
    }

    /** Returns the page after an entry, whether or not it still exists, with the same limit. */
    public Paging after(Instant lastCreated, String lastId) {
        return new Paging(lastCreated, lastId, limit);
    }

    /**
     * Returns this page of a list that is in memory.
     *
     * @param all all entries, in any order
     */
    public <T> List<T> of(Stream<T> all, Function<T, Instant> createdOf, Function<T, String> idOf) {
        return all.filter(entry -> isAfter(createdOf.apply(entry), idOf.apply(entry)))
                .sorted(Comparator.comparing(createdOf).thenComparing(idOf))
                .limit(limit)
                .toList();
    }

    private boolean isAfter(Instant other, String otherId) {
        int order = other.compareTo(created);
        return order > 0 || (order == 0 && otherId.compareTo(id) > 0);
    }
}
