package io.postern.auth.user;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which piece of a list a store is asked for. Lists are in order of creation; what was created at the same time is in
 * the order of ids.
 *
 * <pre>{@code
 * List<StoredToken> first = tokens.ofUser(userId, Paging.first(100));
 * }</pre>
 *
 * @param created the piece begins after what was created at this time
 * @param id and has this id or a lesser one
 * @param limit how many at the most
 */
public record Paging(Instant created, String id, int limit) {

    /**
     * Refuses a limit that asks for nothing.
     *
     * @param created when the last one told was created
     * @param id the last one told
     * @param limit how many at the most
     * @throws IllegalArgumentException if the limit is less than 1
     */
    public Paging {
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(id, "id");
        if (limit < 1) {
            throw new IllegalArgumentException("the limit of a list is " + limit + "; choose at least 1");
        }
    }

    /**
     * Asks for the beginning of a list.
     *
     * @param limit how many at the most
     * @return the paging
     */
    public static Paging first(int limit) {
        return new Paging(Instant.EPOCH, "", limit);
    }

    /**
     * Asks for what comes after an entry, whether or not it is still there.
     *
     * @param lastCreated when the last one told was created
     * @param lastId the last one told
     * @return the paging, of the same limit
     */
    public Paging after(Instant lastCreated, String lastId) {
        return new Paging(lastCreated, lastId, limit);
    }

    /**
     * Takes the piece out of a list that is in memory.
     *
     * @param <T> what is listed
     * @param all everything, in any order
     * @param createdOf tells when one was created
     * @param idOf tells its id
     * @return the piece
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
