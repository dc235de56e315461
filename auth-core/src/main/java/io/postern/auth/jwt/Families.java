package io.postern.auth.jwt;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.internal.IpAddress;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.jwt.internal.TokenFault;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import io.postern.auth.user.StoredUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Rotates, lists and revokes families in the store, and reports it.
 *
 * <p>A revocation notifies {@link JwtContext#familiesRevoked} before it changes the store: if a step fails, the family is still
 * live, and revoking it again completes what was begun.
 */
record Families(JwtContext context) {

    private static final int PAGE = 500;

    /** Covers leeway and clocks that jump: a used token must be on record for as long as it can be presented. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /** Verifies a token; one without an id is rejected, since a store could not distinguish it from another. */
    JwtVerification verify(String token, TokenType type) {
        JwtVerification check = context.verifier().verify(token, type, this::isBlacklisted);
        if (!(check instanceof JwtVerification.Verified found)) {
            return check;
        }
        if (found.jwt().id().isEmpty()) {
            return new JwtVerification.Refused(TokenFault.NO_ID);
        }
        // PyJWT cannot sign its successor.
        boolean badIssuer = found.jwt().has("iss") && found.jwt().text("iss").isEmpty();
        return badIssuer ? new JwtVerification.Refused(TokenFault.BAD_CLAIM) : check;
    }

    /** Returns whether the user's claim is a string or an integer, or there is none. */
    boolean hasReadableUser(VerifiedJwt token) {
        return token.claim(context.jwt().userIdClaim())
                .filter(value -> !(value instanceof String || value instanceof Long))
                .isEmpty();
    }

    boolean isLive(VerifiedJwt token) {
        RefreshTokenStore store = context.store();
        return store != null && store.stateOf(token.familyId(), token.id()) == TokenState.LIVE;
    }

    boolean isBlacklisted(VerifiedJwt token) {
        RefreshTokenStore store = context.store();
        return store != null && store.stateOf(token.familyId(), token.id()).isBlacklisted();
    }

    Rotation.Result rotate(
            VerifiedJwt old, Optional<StoredUser> user, Device device, TokenRecord successor, RotationMode mode) {
        Instant now = context.clock().instant();
        RefreshTokenStore store = context.store();
        Rotation.Result result = store == null
                ? new Rotation.Result.Rotated(successor)
                : store.rotate(new Rotation(
                        family(old, user, device),
                        record(old),
                        successor,
                        now,
                        context.settings().reuseGracePeriod(),
                        mode,
                        context.settings().acceptUnknown()));
        report(result, old, user, device);
        if (result.revokesFamily()) {
            // After the report: a second try, when this has failed, is not a reuse any more.
            notify(List.of(old.familyId()));
        }
        return result;
    }

    private void report(Rotation.Result result, VerifiedJwt old, Optional<StoredUser> user, Device device) {
        Instant now = context.clock().instant();
        String familyId = old.familyId();
        if (result instanceof Rotation.Result.Rotated) {
            context.listener().on(new AuthEvent.TokenRefreshed(now, familyId, userOf(old, user), device.address()));
        } else if (result instanceof Rotation.Result.Reused) {
            context.listener().on(new AuthEvent.RefreshTokenReused(now, familyId, userOf(old, user), device.address()));
        } else if (result instanceof Rotation.Result.Repeated repeated && isElsewhere(repeated.device(), device)) {
            context.listener()
                    .on(new AuthEvent.RefreshTokenRepeated(now, familyId, userOf(old, user), device.address()));
        }
    }

    /** A device without an address is unknown, and no other one. */
    private static boolean isElsewhere(Device last, Device now) {
        if (last.address().isEmpty() || now.address().isEmpty()) {
            return false;
        }
        return !IpAddress.canonical(last.address()).equals(IpAddress.canonical(now.address()))
                || !last.userAgent().equals(now.userAgent());
    }

    /** Revokes the family of a token and reports it; returns false if the token was used or revoked before. */
    boolean logOut(VerifiedJwt token) {
        boolean first = revokeInStore(token);
        boolean effective = context.store() != null || context.familiesRevoked() != null;
        if (first && effective) {
            // Before the notification: a second try, when that has failed, is not the first any more.
            report(token.familyId(), userOf(token, Optional.empty()));
        }
        notify(List.of(token.familyId()));
        return first;
    }

    /** Notifies even if the family was revoked before, since that notification may have failed. */
    void revoke(VerifiedJwt token) {
        revokeInStore(token);
        notify(List.of(token.familyId()));
    }

    private boolean revokeInStore(VerifiedJwt token) {
        RefreshTokenStore store = context.store();
        return store == null || store.revoke(family(token, Optional.empty(), Device.unknown()), record(token));
    }

    List<TokenFamily> list(String userId, Paging paging) {
        return store().list(userId, context.clock().instant(), paging);
    }

    boolean revoke(String userId, String familyId) {
        TokenFamilyStore store = store();
        // An atomic revocation first would leave access tokens valid if the notification failed, without a second try.
        List<String> notified = notify(
                live(userId, familyId::equals).stream().filter(familyId::equals).toList());
        boolean revoked = store.revokeFamily(userId, familyId);
        if (revoked) {
            complete(List.of(familyId), notified, userId);
        }
        return revoked;
    }

    int revokeOthers(String userId, String familyId) {
        return revokeAll(userId, Optional.of(familyId));
    }

    int revokeAll(String userId) {
        int count = revokeAll(userId, Optional.empty());
        Consumer<String> userRevoked = context.userRevoked();
        if (userRevoked != null) {
            context.jwt().nameInTokens(userId, context.users()).ifPresent(userRevoked);
        }
        return count;
    }

    int deleteExpired(int limit) {
        RefreshTokenStore store = context.store();
        return store == null ? 0 : store.deleteExpired(context.clock().instant().minus(MARGIN), limit);
    }

    /** Returns the record of a token. */
    TokenRecord record(VerifiedJwt token) {
        Instant now = context.clock().instant();
        return new TokenRecord(
                token.id(), token.time("iat").orElse(now), token.time("exp").orElse(now));
    }

    private int revokeAll(String userId, Optional<String> except) {
        TokenFamilyStore store = store();
        List<String> notified = notify(live(userId, id -> false).stream()
                .filter(id -> except.filter(id::equals).isEmpty())
                .toList());
        List<String> revoked = store.revokeAll(userId, except);
        complete(revoked, notified, userId);
        return revoked.size();
    }

    /** Returns the ids of the live families, up to the page with the wanted one. */
    private List<String> live(String userId, Predicate<String> wanted) {
        List<String> ids = new ArrayList<>();
        Paging paging = Paging.first(PAGE);
        List<TokenFamily> page;
        do {
            page = list(userId, paging);
            page.forEach(family -> ids.add(family.id()));
            if (!page.isEmpty()) {
                TokenFamily last = page.get(page.size() - 1);
                paging = paging.after(last.created(), last.id());
            }
        } while (page.size() == PAGE && ids.stream().noneMatch(wanted));
        return ids;
    }

    /** Notifies in batches, since a store adds the revocations of one call in one step, and other callers wait for it. */
    private List<String> notify(List<String> familyIds) {
        Consumer<List<String>> familiesRevoked = context.familiesRevoked();
        for (int i = 0; familiesRevoked != null && i < familyIds.size(); i += PAGE) {
            familiesRevoked.accept(familyIds.subList(i, Math.min(familyIds.size(), i + PAGE)));
        }
        return familyIds;
    }

    /** Notifies of families that were started after the list was read. */
    private void complete(List<String> revoked, List<String> notified, String userId) {
        revoked.forEach(id -> report(id, userId));
        Set<String> known = Set.copyOf(notified);
        notify(revoked.stream().filter(id -> !known.contains(id)).toList());
    }

    private void report(String familyId, String userId) {
        context.listener().on(new AuthEvent.TokenRevoked(context.clock().instant(), "family", familyId, userId));
    }

    private TokenFamilyStore store() {
        if (context.store() instanceof TokenFamilyStore families) {
            return families;
        }
        throw new IllegalStateException("families need a TokenFamilyStore: add .refreshTokens(store) or"
                + " .stores(…) with a bundle that has one to the builder");
    }

    /** Returns the family of a token, with what is to be recorded if the store does not know it. */
    private TokenFamily family(VerifiedJwt token, Optional<StoredUser> user, Device device) {
        Instant now = context.clock().instant();
        return new TokenFamily(
                token.familyId(),
                userOf(token, user),
                user.map(StoredUser::securityStamp).orElse(""),
                device,
                now,
                now,
                record(token).expires(),
                now.plus(context.settings().maxFamilyLifetime()));
    }

    /** Returns the id of the user; empty if the token names none, or by a name that belongs to none. */
    private String userOf(VerifiedJwt token, Optional<StoredUser> known) {
        Optional<StoredUser> user = known.isEmpty() && context.jwt().values.usernameAsUserId
                ? context.verifier().userOf(token, context.users())
                : known;
        if (user.isPresent() || context.jwt().values.usernameAsUserId) {
            return user.map(found -> found.user().id()).orElse("");
        }
        return token.claim(context.jwt().userIdClaim()).map(String::valueOf).orElse("");
    }
}
