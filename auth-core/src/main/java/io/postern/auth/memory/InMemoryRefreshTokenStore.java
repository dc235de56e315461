package io.postern.auth.memory;

import io.postern.auth.StoreException;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Paging;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores token families in memory, for development and tests; they are lost when the process ends.
 *
 * <p>Holds a limited number of tokens. Expired ones are deleted whenever the number has doubled; when it is full of live
 * ones, logins and refreshes fail with {@link StoreException}.
 *
 * <p><b>Security.</b> After a restart, used and revoked tokens are as unknown as valid ones: with {@link
 * RefreshSettings#withUnknownRejected()} all of them are rejected, without it all of them are accepted.
 *
 * <p>Safe for use by several threads.
 */
public final class InMemoryRefreshTokenStore implements TokenFamilyStore {

    /** More than any leeway: a used token must be on record for as long as it can be presented. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private static final int DEFAULT_LIMIT = 1_000_000;
    private static final int FIRST_SWEEP = 1_000;

    private final Map<String, Entry> families = new HashMap<>();
    private final int maxTokens;
    private int tokens;
    private int sweepAt;

    /** Creates an empty store of up to 1,000,000 tokens. */
    public InMemoryRefreshTokenStore() {
        this(DEFAULT_LIMIT);
    }

    /**
     * Creates an empty store.
     *
     * @param maxTokens the maximum number of tokens, at about 200 bytes each
     * @throws IllegalArgumentException if it is less than 1
     */
    public InMemoryRefreshTokenStore(int maxTokens) {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
        }
        this.maxTokens = maxTokens;
        this.sweepAt = Math.min(maxTokens, FIRST_SWEEP);
    }

    @Override
    public synchronized void start(TokenFamily family, TokenRecord first) {
        if (families.containsKey(family.id())) {
            throw new IllegalStateException("a family with this id exists already");
        }
        add(family, first, family.lastRefreshed());
    }

    @Override
    public synchronized Rotation.Result rotate(Rotation rotation) {
        Entry known = families.get(rotation.family().id());
        Rotation.Result result = rotation.decide(
                known == null ? null : known.snapshot(rotation.presented().id()));
        if (result instanceof Rotation.Result.Rotated rotated) {
            write(known, rotation, rotated.current());
        } else if (known != null && result.revokesFamily()) {
            known.revoked = true;
        }
        return result;
    }

    @Override
    public synchronized TokenState stateOf(String familyId, String tokenId) {
        Entry known = families.get(familyId);
        if (known == null) {
            return TokenState.UNKNOWN;
        }
        return known.revoked ? TokenState.REVOKED : known.snapshot(tokenId).state();
    }

    @Override
    public synchronized boolean revoke(TokenFamily family, TokenRecord token) {
        Entry known = families.get(family.id());
        if (known == null) {
            add(family, token, family.lastRefreshed()).revoked = true;
            return true;
        }
        boolean first = !known.revoked && known.snapshot(token.id()).state() != TokenState.USED;
        known.revoked = true;
        return first;
    }

    @Override
    public synchronized List<TokenFamily> list(String userId, Instant now, Paging paging) {
        Stream<TokenFamily> live = families.values().stream()
                .filter(entry -> !entry.revoked)
                .map(entry -> entry.family)
                .filter(family ->
                        family.userId().equals(userId) && family.expires().isAfter(now));
        return paging.of(live, TokenFamily::created, TokenFamily::id);
    }

    @Override
    public synchronized boolean revokeFamily(String userId, String familyId) {
        Entry known = families.get(familyId);
        if (known == null || known.revoked || !known.family.userId().equals(userId)) {
            return false;
        }
        known.revoked = true;
        return true;
    }

    @Override
    public synchronized List<String> revokeAll(String userId, Optional<String> except) {
        return families.keySet().stream()
                .filter(id -> except.filter(id::equals).isEmpty())
                .filter(id -> revokeFamily(userId, id))
                .toList();
    }

    @Override
    public synchronized int deleteExpired(Instant before, int limit) {
        List<Entry> expired = families.values().stream()
                .filter(entry -> entry.family.expires().isBefore(before))
                .limit(limit)
                .toList();
        for (Entry entry : expired) {
            tokens -= entry.tokens.size();
            families.remove(entry.family.id());
        }
        return expired.size();
    }

    private Entry add(TokenFamily family, TokenRecord first, Instant now) {
        makeRoom(now);
        Entry entry = new Entry(family, first);
        families.put(family.id(), entry);
        tokens++;
        return entry;
    }

    private void write(@Nullable Entry known, Rotation rotation, TokenRecord current) {
        Entry entry = known;
        if (entry == null) {
            entry = add(rotation.family(), rotation.presented(), rotation.now());
        } else {
            makeRoom(rotation.now());
        }
        tokens -= entry.tokens.size();
        entry.deleteTokens(rotation.now().minus(MARGIN));
        entry.tokens.put(
                rotation.presented().id(),
                new Token(rotation.usedAt(), rotation.presented().expires()));
        entry.tokens.put(current.id(), new Token(Optional.empty(), current.expires()));
        tokens += entry.tokens.size();
        entry.family = rotation.rotatedFamily(known == null ? null : known.family, current);
        entry.current = current;
    }

    private void makeRoom(Instant now) {
        if (tokens < sweepAt) {
            return;
        }
        deleteExpired(now.minus(MARGIN), Integer.MAX_VALUE);
        if (tokens >= maxTokens) {
            throw new StoreException("there are " + maxTokens + " refresh tokens: use a database or raise maxTokens");
        }
        sweepAt = Math.min(maxTokens, Math.max(FIRST_SWEEP, 2 * tokens));
    }

    private record Token(Optional<Instant> usedAt, Instant expires) {}

    /** A family with its tokens by id, oldest first. */
    private static final class Entry {

        private final Map<String, Token> tokens = new LinkedHashMap<>();
        private TokenFamily family;
        private TokenRecord current;
        private boolean revoked;

        Entry(TokenFamily family, TokenRecord first) {
            this.family = family;
            this.current = first;
            tokens.put(first.id(), new Token(Optional.empty(), first.expires()));
        }

        Rotation.Snapshot snapshot(String tokenId) {
            Token token = tokens.get(tokenId);
            if (token == null) {
                return new Rotation.Snapshot(family, revoked, current, TokenState.UNKNOWN, Optional.empty());
            }
            TokenState state = token.usedAt().isPresent() ? TokenState.USED : TokenState.LIVE;
            return new Rotation.Snapshot(family, revoked, current, state, token.usedAt());
        }

        /** Stops at the first that can still be presented: later ones mostly expire later. */
        void deleteTokens(Instant before) {
            var oldest = tokens.values().iterator();
            while (oldest.hasNext() && oldest.next().expires().isBefore(before)) {
                oldest.remove();
            }
        }
    }
}
