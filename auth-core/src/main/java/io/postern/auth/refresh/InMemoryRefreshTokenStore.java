package io.postern.auth.refresh;

import io.postern.auth.user.Paging;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps families in memory; they are gone when the process ends.
 *
 * <p><b>Security.</b> After that, tokens that were used or revoked are as unknown as good ones: {@link
 * RefreshSettings#refuseUnknown()} refuses them all, without it all may be refreshed again.
 *
 * <p>Safe for use by several threads; each family is changed by one at a time.
 */
public final class InMemoryRefreshTokenStore implements RefreshTokenStore {

    /** More than any leeway: a used token must be known for as long as it can be shown. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final ConcurrentHashMap<String, Kept> families = new ConcurrentHashMap<>();

    /** Creates an empty store. */
    public InMemoryRefreshTokenStore() {}

    @Override
    public void start(TokenFamily family, RefreshTokenRecord first) {
        if (families.putIfAbsent(family.id(), Kept.live(family, first)) != null) {
            throw new IllegalStateException("a family of this id is there already");
        }
    }

    @Override
    public Rotation.Result rotate(Rotation rotation) {
        Rotation.Result[] result = {new Rotation.Result.Unknown()};
        families.compute(rotation.family().id(), (id, kept) -> {
            Rotation.Result found = judge(kept, rotation);
            result[0] = found;
            return changed(kept, rotation, found);
        });
        return result[0];
    }

    @Override
    public TokenState stateOf(String familyId, String tokenId) {
        TokenState[] state = {TokenState.UNKNOWN};
        families.computeIfPresent(familyId, (id, kept) -> {
            state[0] = kept.stateOf(tokenId);
            return kept;
        });
        return state[0];
    }

    @Override
    public boolean revoke(TokenFamily family, RefreshTokenRecord token) {
        AtomicBoolean revoked = new AtomicBoolean();
        families.compute(family.id(), (id, kept) -> {
            Kept known = kept == null ? Kept.live(family, token) : kept;
            Use use = known.tokens().get(token.id());
            revoked.set(!known.revoked() && (use == null || use.at().isEmpty()));
            return known.asRevoked();
        });
        return revoked.get();
    }

    @Override
    public List<TokenFamily> list(String userId, Instant now, Paging paging) {
        Stream<TokenFamily> live = families.values().stream()
                .filter(kept -> !kept.revoked())
                .map(Kept::family)
                .filter(family ->
                        family.userId().equals(userId) && family.expires().isAfter(now));
        return paging.of(live, TokenFamily::created, TokenFamily::id);
    }

    @Override
    public boolean revokeFamily(String userId, String familyId) {
        AtomicBoolean revoked = new AtomicBoolean();
        families.computeIfPresent(familyId, (id, kept) -> {
            revoked.set(!kept.revoked() && kept.family().userId().equals(userId));
            return revoked.get() ? kept.asRevoked() : kept;
        });
        return revoked.get();
    }

    @Override
    public List<String> revokeAll(String userId, Optional<String> except) {
        List<String> ended = new ArrayList<>();
        families.forEach((id, kept) -> {
            if (except.filter(id::equals).isEmpty() && revokeFamily(userId, id)) {
                ended.add(id);
            }
        });
        return ended;
    }

    @Override
    public int deleteExpired(Instant before, int limit) {
        List<String> expired = families.values().stream()
                .map(Kept::family)
                .filter(family -> family.expires().isBefore(before))
                .limit(limit)
                .map(TokenFamily::id)
                .toList();
        expired.forEach(families::remove);
        return expired.size();
    }

    private static Rotation.Result judge(@Nullable Kept kept, Rotation rotation) {
        RefreshTokenRecord successor = rotation.successor();
        if (kept == null) {
            return adopted(rotation, successor.endingBy(rotation.family().ends()));
        }
        if (kept.isOver(rotation)) {
            return new Rotation.Result.Revoked();
        }
        RefreshTokenRecord next = successor.endingBy(kept.family().ends());
        Use use = kept.tokens().get(rotation.presented().id());
        if (use == null) {
            return adopted(rotation, next);
        }
        return use.at().map(used -> repeated(kept, rotation, used)).orElseGet(() -> new Rotation.Result.Rotated(next));
    }

    private static Rotation.Result adopted(Rotation rotation, RefreshTokenRecord successor) {
        return rotation.acceptUnknown() ? new Rotation.Result.Rotated(successor) : new Rotation.Result.Unknown();
    }

    private static Rotation.Result repeated(Kept kept, Rotation rotation, Instant used) {
        return rotation.isWithinGrace(used)
                ? new Rotation.Result.Repeated(kept.current())
                : new Rotation.Result.Reused();
    }

    private static @Nullable Kept changed(@Nullable Kept kept, Rotation rotation, Rotation.Result result) {
        if (result instanceof Rotation.Result.Rotated rotated) {
            Kept known = kept == null ? Kept.live(rotation.family(), rotation.presented()) : kept;
            return known.rotated(rotation, rotated.current());
        }
        boolean over = result instanceof Rotation.Result.Reused || result instanceof Rotation.Result.Revoked;
        return kept != null && over ? kept.asRevoked() : kept;
    }

    /** When a token was replaced, if it was, and when it ends. */
    private record Use(Optional<Instant> at, Instant expires) {}

    /**
     * A family with its tokens by id, the first told first. All but the tokens is immutable; they are handed on from
     * one to the next, for a copy would make each refresh dearer than the one before, and so are looked at and changed
     * only within a {@code compute} of their family.
     */
    private record Kept(
            TokenFamily family, RefreshTokenRecord current, LinkedHashMap<String, Use> tokens, boolean revoked) {

        static Kept live(TokenFamily family, RefreshTokenRecord first) {
            LinkedHashMap<String, Use> tokens = new LinkedHashMap<>();
            tokens.put(first.id(), new Use(Optional.empty(), first.expires()));
            return new Kept(family, first, tokens, false);
        }

        TokenState stateOf(String tokenId) {
            if (revoked) {
                return TokenState.REVOKED;
            }
            Use use = tokens.get(tokenId);
            return use == null ? TokenState.UNKNOWN : use.at().isPresent() ? TokenState.USED : TokenState.LIVE;
        }

        boolean isOver(Rotation rotation) {
            boolean ended = !rotation.now().isBefore(family.ends());
            return revoked
                    || ended
                    || !family.securityStamp().equals(rotation.family().securityStamp());
        }

        Kept asRevoked() {
            return new Kept(family, current, tokens, true);
        }

        Kept rotated(Rotation rotation, RefreshTokenRecord successor) {
            forgetUntil(rotation.now().minus(MARGIN));
            tokens.put(
                    rotation.presented().id(),
                    new Use(usedAt(rotation), rotation.presented().expires()));
            tokens.put(successor.id(), new Use(Optional.empty(), successor.expires()));
            TokenFamily last = family.refreshed(rotation.family().device(), rotation.now(), successor.expires());
            return new Kept(last, successor, tokens, false);
        }

        /** Stops at the first that can still be shown: whoever came later mostly ends later, and may wait if not. */
        private void forgetUntil(Instant surelyOver) {
            Iterator<Use> oldest = tokens.values().iterator();
            while (oldest.hasNext() && oldest.next().expires().isBefore(surelyOver)) {
                oldest.remove();
            }
        }

        private static Optional<Instant> usedAt(Rotation rotation) {
            boolean replaced = rotation.mode() == RotationMode.ROTATE;
            return replaced ? Optional.of(rotation.now()) : Optional.empty();
        }
    }
}
