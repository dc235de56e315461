package io.postern.auth.revocation;

import io.postern.auth.StoreException;
import io.postern.auth.revocation.Revocation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** A store whose numbers are handed out before commit; its feed reads everything again after the last page. */
final class LateStore implements RevocationStore {

    int failAfterPages = Integer.MAX_VALUE;
    boolean asked;
    private final TreeMap<Long, Revocation> entries = new TreeMap<>();
    private int pages;

    void commit(long number, String family) {
        Instant end = Time.START.plus(Duration.ofMinutes(5));
        entries.put(number, new Revocation(Kind.FAMILY, family, Time.START, end));
    }

    @Override
    public void add(List<Revocation> revocations) {
        throw new UnsupportedOperationException("commit by number");
    }

    @Override
    public boolean isRevoked(Revocation.Subject token) {
        asked = true;
        return entries.values().stream().anyMatch(entry -> entry.matches(token));
    }

    @Override
    public Page since(long cursor, int limit) {
        if (pages++ >= failAfterPages) {
            throw new StoreException("broken off");
        }
        List<Long> numbers =
                entries.tailMap(cursor, false).keySet().stream().limit(limit).toList();
        List<Revocation> revocations = numbers.stream().map(entries::get).toList();
        boolean more = !numbers.isEmpty() && entries.higherKey(numbers.get(numbers.size() - 1)) != null;
        return new Page(revocations, more ? numbers.get(numbers.size() - 1) : 0, more);
    }

    @Override
    public int deleteExpired(Instant before, int limit) {
        return 0;
    }
}
