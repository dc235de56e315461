package io.postern.auth.refresh;

import io.postern.auth.Denial;
import io.postern.auth.User;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.jwt.JwtIssuer;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtVerification;
import io.postern.auth.jwt.JwtVerifier;
import io.postern.auth.jwt.TokenType;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Issues pairs of tokens, refreshes and revokes them, and knows the devices a user is logged in on.
 *
 * <pre>{@code
 * JwtTokens logins = postern.jwt();
 * TokenPair pair = logins.issue(user, Device.of(request, "laptop"));
 * logins.revokeAllFamilies(user.id()); // log out everywhere
 * }</pre>
 *
 * <b>Security.</b> With {@link RotationMode#REPLACE} each refresh token is good once; shown again, its family is over.
 * Stores hold ids, never texts. Safe for use by several threads. Mirrors simplejwt's views (drf-contract VW-1 to VW-6,
 * VF-3 to VF-16, RT-1 to RT-3, BL-2, BL-3).
 */
public final class JwtTokens {

    /** Covers leeway and clocks that jump: a used token must be known for as long as it can be shown. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final JwtSettings jwt;
    private final RefreshSettings settings;
    private final UserStore users;
    private final Optional<RefreshTokenStore> store;
    private final FamilyRevocationListener ends;
    private final AuthListener listener;
    private final Clock clock;
    private final JwtVerifier verifier;
    private final JwtIssuer issuer;
    private final Claims claims;
    private final RefreshChecks checks;
    private final Records records;
    private final FamilyIssuer beginnings;

    JwtTokens(JwtTokensBuilder builder) {
        this.jwt = builder.jwt;
        this.settings = builder.settings;
        this.users = builder.users;
        this.store = builder.store;
        this.ends = builder.ends;
        this.listener = builder.listener;
        this.clock = builder.clock;
        this.verifier = new JwtVerifier(jwt, clock);
        this.issuer = new JwtIssuer(jwt, clock);
        this.claims = new Claims(jwt, settings.customizer());
        this.checks = new RefreshChecks(jwt, verifier, builder.revoked, clock);
        this.records = new Records(jwt, settings, clock);
        this.beginnings = new FamilyIssuer(jwt, settings, store, verifier, issuer, claims, listener, clock);
    }

    /**
     * Returns a builder.
     *
     * @param jwt how tokens are signed and verified
     * @param users who exists
     * @return the builder
     */
    public static JwtTokensBuilder builder(JwtSettings jwt, UserStore users) {
        return new JwtTokensBuilder(jwt, users);
    }

    /**
     * Issues a refresh token and an access token, both counted from the same instant, and begins a family.
     *
     * @param user for whom; whether the user may log in was checked before
     * @param device where from
     * @return the pair
     * @throws IllegalArgumentException if there is no such user
     */
    public TokenPair issue(User user, Device device) {
        return issue(stored(user), device);
    }

    /**
     * Issues a pair for an account as it was when its password was checked: if the password changes meanwhile, the
     * family is over before it begins.
     *
     * @param account for whom
     * @param device where from
     * @return the pair
     */
    public TokenPair issue(StoredUser account, Device device) {
        FamilyIssuer.Login login = beginnings.begin(account, device, TokenType.REFRESH, Map.of());
        String access = issuer.sign(TokenType.ACCESS, claims.ofAccess(login.token(), login.at()));
        return new TokenPair(login.text(), access);
    }

    /**
     * Issues a sliding token and begins a family.
     *
     * @param user for whom; whether the user may log in was checked before
     * @param device where from
     * @return the token
     * @throws IllegalArgumentException if there is no such user
     */
    public String issueSliding(User user, Device device) {
        return issueSliding(stored(user), device);
    }

    /**
     * Issues a sliding token for an account as it was when its password was checked.
     *
     * @param account for whom
     * @param device where from
     * @return the token
     */
    public String issueSliding(StoredUser account, Device device) {
        Instant until = clock.instant().plus(jwt.slidingRefreshLifetime());
        Map<String, Object> further = Map.of(jwt.slidingRefreshExpClaim(), until.getEpochSecond());
        return beginnings.begin(account, device, TokenType.SLIDING, further).text();
    }

    /**
     * Takes a refresh token for a new access token, and where tokens are rotated for a new refresh token too.
     *
     * @param token the refresh token as sent
     * @param device where from
     * @return the tokens, or why not
     */
    public RefreshResult refresh(String token, Device device) {
        return told(refresh(token, TokenType.REFRESH, device), device);
    }

    /**
     * Takes a sliding token for one that lives longer; the old one stays good until it ends.
     *
     * @param token the sliding token as sent
     * @param device where from
     * @return the token, or why not
     */
    public RefreshResult refreshSliding(String token, Device device) {
        return told(refresh(token, TokenType.SLIDING, device), device);
    }

    /**
     * Tells why a token of any kind is not good (drf-contract VF-11, VF-12).
     *
     * @param token the token as sent
     * @return the denial, of status 400 for one that was used where tokens are replaced, or was revoked; empty if good
     */
    public Optional<Denial> verify(String token) {
        JwtVerification check = verifier.verifyAnyKind(token);
        if (check instanceof JwtVerification.Invalid invalid) {
            return Optional.of(checks.denial(invalid));
        }
        VerifiedJwt good = ((JwtVerification.Verified) check).jwt();
        boolean used = settings.mode() == RotationMode.ROTATE && isBlacklisted(good);
        return used || checks.revoked().test(good)
                ? Optional.of(Denial.of(400, "Token is blacklisted", "token_not_valid"))
                : Optional.empty();
    }

    /**
     * Revokes a refresh token and with it the login it belongs to (simplejwt's "blacklist").
     *
     * @param token the refresh token as sent
     * @return why not, or empty if it is revoked now; without a store a good token is answered as if it were, and it is no
     *     event unless {@link FamilyRevocationListener} are told
     */
    public Optional<Denial> revoke(String token) {
        JwtVerification check = check(token, TokenType.REFRESH);
        if (check instanceof JwtVerification.Invalid invalid) {
            return Optional.of(checks.denial(invalid));
        }
        VerifiedJwt old = ((JwtVerification.Verified) check).jwt();
        if (!revoke(old)) {
            return Optional.of(checks.denial(JwtVerification.Invalid.blacklisted()));
        }
        // With neither of them nothing has ended.
        if (store.isPresent() || ends != FamilyRevocationListener.ignored()) {
            listener.on(new AuthEvent.TokenRevoked(clock.instant(), "family", old.familyId(), records.nameIn(old)));
        }
        return Optional.empty();
    }

    /**
     * Returns devices a user is logged in on, oldest login first.
     *
     * @param userId the user
     * @param paging which of them
     * @return the live families
     * @throws IllegalStateException if there is no store
     */
    public List<TokenFamily> families(String userId, Paging paging) {
        return kept().list(userId, clock.instant(), paging);
    }

    /**
     * Ends one login of a user.
     *
     * @param userId whose it must be
     * @param familyId the login
     * @return false if there was no live one
     * @throws IllegalStateException if there is no store
     */
    public boolean revokeFamily(String userId, String familyId) {
        return endings().revoke(userId, familyId);
    }

    /**
     * Ends all logins of a user but one.
     *
     * @param userId the user
     * @param familyId the login that stays
     * @return how many were ended
     * @throws IllegalStateException if there is no store
     */
    public int revokeOtherFamilies(String userId, String familyId) {
        return endings().revokeAll(userId, Optional.of(familyId));
    }

    /**
     * Ends all logins of a user, as after a change of password.
     *
     * @param userId the user
     * @return how many were ended
     * @throws IllegalStateException if there is no store
     */
    public int revokeAllFamilies(String userId) {
        int count = endings().revokeAll(userId, Optional.empty());
        ends.userRevoked(records.nameInTokens(userId, users));
        return count;
    }

    /**
     * Forgets some families that ended more than an hour ago; call it until it returns less than the limit.
     *
     * @param limit how many at the most
     * @return how many it forgot
     */
    public int deleteExpired(int limit) {
        return store.map(kept -> kept.deleteExpired(clock.instant().minus(MARGIN), limit))
                .orElse(0);
    }

    /**
     * Tells whether a token was used or revoked, by a call of the store.
     *
     * @param token a good token
     * @return true if it must be refused
     */
    public boolean isBlacklisted(VerifiedJwt token) {
        return store.filter(kept -> kept.stateOf(token.familyId(), token.id()).isBlacklisted())
                .isPresent();
    }

    private RefreshResult refresh(String token, TokenType kind, Device device) {
        JwtVerification check = checks.unrevoked(check(token, kind));
        if (check instanceof JwtVerification.Invalid invalid) {
            return refused(invalid);
        }
        VerifiedJwt old = ((JwtVerification.Verified) check).jwt();
        Optional<StoredUser> user = verifier.userOf(old, users);
        Optional<Denial> window = kind == TokenType.SLIDING ? checks.refuseWindow(old) : Optional.empty();
        Optional<Denial> denial = window.or(() -> checks.refuseUser(old, user));
        if (denial.isPresent()) {
            endIfPasswordChanged(old, denial.get());
            return new RefreshResult.Refused(denial.get());
        }
        return kind == TokenType.SLIDING ? slide(old, user, device) : rotate(old, user, device, successorOf(old));
    }

    private RefreshResult told(RefreshResult result, Device device) {
        if (result instanceof RefreshResult.Refused refused) {
            String reason = refused.denial().reason();
            listener.on(new AuthEvent.LoginFailed(clock.instant(), "refresh", reason, device.address()));
        }
        return result;
    }

    private StoredUser stored(User user) {
        return users.findById(user.id())
                .orElseThrow(() -> new IllegalArgumentException("no user of that id to log in"));
    }

    /** Tokens without an id could not be told from one another. */
    private JwtVerification check(String token, TokenType kind) {
        JwtVerification check = verifier.verify(token, kind, this::isBlacklisted);
        return check instanceof JwtVerification.Verified found
                        && found.jwt().id().isEmpty()
                ? new JwtVerification.Invalid("Token has no id", "jwt_no_id")
                : check;
    }

    /** Is told to those who follow even if it was over before: whoever ended it may have failed to tell them. */
    private boolean revoke(VerifiedJwt token) {
        TokenFamily family = records.family(token, Optional.empty(), Device.unknown());
        boolean first =
                store.map(kept -> kept.revoke(family, records.slot(token))).orElse(true);
        ends.familiesRevoked(List.of(token.familyId()));
        return first;
    }

    private RefreshTokenRecord successorOf(VerifiedJwt old) {
        if (settings.mode() == RotationMode.NONE) {
            return records.slot(old);
        }
        Instant now = clock.instant();
        return new RefreshTokenRecord(claims.newTokenId(old.familyId()), now, now.plus(jwt.refreshLifetime()));
    }

    private RefreshResult rotate(
            VerifiedJwt old, Optional<StoredUser> user, Device device, RefreshTokenRecord successor) {
        Rotation.Result result = turned(old, user, device, successor, settings.mode());
        if (result instanceof Rotation.Result.Rotated rotated) {
            return tokens(old, rotated.current());
        }
        if (result instanceof Rotation.Result.Repeated repeated) {
            return tokens(old, repeated.current());
        }
        return over(old, result, device);
    }

    private RefreshResult slide(VerifiedJwt old, Optional<StoredUser> user, Device device) {
        Instant now = clock.instant();
        RefreshTokenRecord longer = new RefreshTokenRecord(old.id(), now, now.plus(jwt.slidingLifetime()));
        Rotation.Result result = turned(old, user, device, longer, RotationMode.NONE);
        if (result instanceof Rotation.Result.Rotated rotated) {
            String token = issuer.sign(TokenType.SLIDING, claims.ofSuccessor(old, rotated.current()));
            return new RefreshResult.Refreshed(token, Optional.empty());
        }
        return over(old, result, device);
    }

    private Rotation.Result turned(
            VerifiedJwt old,
            Optional<StoredUser> user,
            Device device,
            RefreshTokenRecord successor,
            RotationMode mode) {
        Rotation rotation = records.rotation(old, user, device, successor, mode);
        Rotation.Result result =
                store.map(kept -> kept.rotate(rotation)).orElseGet(() -> new Rotation.Result.Rotated(successor));
        if (result instanceof Rotation.Result.Rotated) {
            listener.on(records.refreshed(old, device));
        }
        return result;
    }

    private RefreshResult tokens(VerifiedJwt old, RefreshTokenRecord current) {
        String access = issuer.sign(TokenType.ACCESS, claims.ofAccess(old, clock.instant()));
        Optional<String> refresh = settings.mode() == RotationMode.NONE
                ? Optional.empty()
                : Optional.of(issuer.sign(TokenType.REFRESH, claims.ofSuccessor(old, current)));
        return new RefreshResult.Refreshed(access, refresh);
    }

    private RefreshResult over(VerifiedJwt old, Rotation.Result result, Device device) {
        if (result instanceof Rotation.Result.Reused || result instanceof Rotation.Result.Revoked) {
            ends.familiesRevoked(List.of(old.familyId()));
        }
        if (result instanceof Rotation.Result.Reused) {
            listener.on(records.reused(old, device));
        }
        return result instanceof Rotation.Result.Unknown
                ? refused(new JwtVerification.Invalid("Token is invalid", "jwt_unknown"))
                : refused(JwtVerification.Invalid.blacklisted());
    }

    private FamilyRevoker endings() {
        return new FamilyRevoker(kept(), ends, listener, clock);
    }

    private RefreshTokenStore kept() {
        return store.orElseThrow(() -> new IllegalStateException(
                "logins are not kept: add .refreshTokens(new InMemoryRefreshTokenStore()) to the builder"));
    }

    /** Another password ends the login for good (drf-contract VF-6). */
    private void endIfPasswordChanged(VerifiedJwt old, Denial denial) {
        if (denial.code().equals("password_changed")) {
            revoke(old);
        }
    }

    private RefreshResult refused(JwtVerification.Invalid invalid) {
        return new RefreshResult.Refused(checks.denial(invalid));
    }
}
