package io.postern.auth.refresh;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.user.Paging;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ends logins of a user. Those who follow are told first: if a step fails, the login is still there, and ending it again
 * completes what was begun.
 */
record FamilyRevoker(RefreshTokenStore store, FamilyRevocationListener ends, AuthListener listener, Clock clock) {

    private static final int PAGE = 500;

    boolean revoke(String userId, String familyId) {
        List<String> told =
                tell(living(userId).stream().filter(familyId::equals).toList());
        boolean ended = store.revokeFamily(userId, familyId);
        if (ended) {
            complete(List.of(familyId), told, userId);
        }
        return ended;
    }

    int revokeAll(String userId, Optional<String> except) {
        List<String> told = tell(living(userId).stream()
                .filter(id -> except.filter(id::equals).isEmpty())
                .toList());
        List<String> ended = store.revokeAll(userId, except);
        complete(ended, told, userId);
        return ended.size();
    }

    private List<String> living(String userId) {
        Instant now = clock.instant();
        List<String> ids = new ArrayList<>();
        Paging paging = Paging.first(PAGE);
        List<TokenFamily> piece;
        do {
            piece = store.list(userId, now, paging);
            piece.forEach(family -> ids.add(family.id()));
            if (!piece.isEmpty()) {
                TokenFamily last = piece.get(piece.size() - 1);
                paging = paging.after(last.created(), last.id());
            }
        } while (piece.size() == PAGE);
        return ids;
    }

    /** In pieces, since stores keep what they are told at once in one step, and others wait for it. */
    private List<String> tell(List<String> familyIds) {
        for (int i = 0; i < familyIds.size(); i += PAGE) {
            ends.familiesRevoked(familyIds.subList(i, Math.min(familyIds.size(), i + PAGE)));
        }
        return familyIds;
    }

    /** Tells of those that were begun between the look and the end. */
    private void complete(List<String> ended, List<String> told, String userId) {
        Set<String> known = Set.copyOf(told);
        tell(ended.stream().filter(id -> !known.contains(id)).toList());
        ended.forEach(id -> listener.on(new AuthEvent.TokenRevoked(clock.instant(), "family", id, userId)));
    }
}
