package io.postern.auth.jwt;

import io.postern.auth.User;
import io.postern.auth.event.AuthListener;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Issues, refreshes, verifies and revokes JWTs, and lists the devices on which a user is logged in.
 *
 * <pre>{@code
 * JwtTokens tokens = postern.jwt();
 * TokenPair pair = tokens.issue(user, Device.of(request, "laptop"));
 * tokens.revokeAllFamilies(user.id()); // log out everywhere
 * }</pre>
 *
 * <p>Each login starts a <em>family</em>: the chain of refresh tokens that descend from it. Listing families and revoking
 * them by id needs a {@link TokenFamilyStore}.
 *
 * <p><b>Security.</b> With {@link RotationMode#ROTATE} each refresh token can be used once; presenting it again revokes its
 * family. Stores hold ids, never tokens. Safe for use by several threads. Mirrors simplejwt's views (drf-contract VW-1 to
 * VW-6, VF-3 to VF-16, RT-1 to RT-3, BL-2, BL-3).
 */
public final class JwtTokens {

    private final JwtContext context;
    private final Families families;
    private final TokenIssuer issuer;
    private final PresentedTokens presented;

    private JwtTokens(JwtContext context) {
        this.context = context;
        this.families = new Families(context);
        this.issuer = new TokenIssuer(context);
        this.presented = new PresentedTokens(context, families, new Refresher(context, families, issuer));
    }

    /**
     * Returns a builder. Applications configure {@code Postern} instead and call {@code postern.jwt()}.
     *
     * @param jwt how tokens are signed and verified
     * @param users the user store
     */
    public static Builder builder(JwtSettings jwt, UserStore users) {
        return new Builder(jwt, users);
    }

    /** Issues a pair for a user on an unknown device; see {@link #issue(User, Device)}. */
    public TokenPair issue(User user) {
        return issue(user, Device.unknown());
    }

    /**
     * Issues a refresh token and an access token and starts a family.
     *
     * @param user the user; whether the user may log in is for the caller to check
     * @param device the device that the user logs in from
     * @throws IllegalArgumentException if the user does not exist
     */
    public TokenPair issue(User user, Device device) {
        return issue(context.stored(user), device);
    }

    /**
     * Issues a pair for an account as it was when its password was checked: if the password has changed since, the tokens
     * cannot be refreshed.
     *
     * @param account the account
     * @param device the device that the user logs in from
     */
    public TokenPair issue(StoredUser account, Device device) {
        return issuer.pair(account, device);
    }

    /**
     * Issues a sliding token and starts a family.
     *
     * @param user the user; whether the user may log in is for the caller to check
     * @param device the device that the user logs in from
     * @throws IllegalArgumentException if the user does not exist
     */
    public String issueSliding(User user, Device device) {
        return issueSliding(context.stored(user), device);
    }

    /** Issues a sliding token for an account as it was when its password was checked. */
    public String issueSliding(StoredUser account, Device device) {
        return issuer.sliding(account, device);
    }

    /** Refreshes on an unknown device; see {@link #refresh(String, Device)}. */
    public RefreshResult refresh(String token) {
        return refresh(token, Device.unknown());
    }

    /**
     * Issues a new access token for a refresh token, and a new refresh token where they are rotated.
     *
     * @param token the refresh token as received
     * @param device the device that sent it
     */
    public RefreshResult refresh(String token, Device device) {
        return presented.refresh(token, TokenType.REFRESH, device);
    }

    /**
     * Issues a copy of a sliding token that expires later; the old one stays valid until it expires.
     *
     * @param token the sliding token as received
     * @param device the device that sent it
     */
    public RefreshResult refreshSliding(String token, Device device) {
        return presented.refresh(token, TokenType.SLIDING, device);
    }

    /**
     * Verifies a token of any type (drf-contract VF-11, VF-12). The blacklist is consulted only with {@link
     * RotationMode#ROTATE}, as simplejwt does.
     *
     * @param token the token as received
     */
    public VerifyResult verify(String token) {
        return presented.verify(token);
    }

    /**
     * Revokes a refresh token and its family (simplejwt's "blacklist"). A store of single tokens revokes the token alone.
     *
     * @param token the refresh token as received
     */
    public RevokeResult revoke(String token) {
        return presented.revoke(token);
    }

    /**
     * Returns live families of a user, oldest first.
     *
     * @param userId the user
     * @param paging the part to return
     * @throws IllegalStateException if there is no {@link TokenFamilyStore}
     */
    public List<TokenFamily> families(String userId, Paging paging) {
        return families.list(userId, paging);
    }

    /**
     * Revokes one family of a user.
     *
     * @param userId the user to whom the family must belong
     * @param familyId the family
     * @return false if the user has no such live family
     * @throws IllegalStateException if there is no {@link TokenFamilyStore}
     */
    public boolean revokeFamily(String userId, String familyId) {
        return families.revoke(userId, familyId);
    }

    /**
     * Revokes all families of a user but one.
     *
     * @param userId the user
     * @param familyId the family to spare; empty to spare none
     * @return the number of families revoked
     * @throws IllegalStateException if there is no {@link TokenFamilyStore}
     */
    public int revokeOtherFamilies(String userId, String familyId) {
        return families.revokeOthers(userId, familyId);
    }

    /**
     * Revokes all families of a user, as after a change of password, and with revocations configured all access tokens.
     *
     * @param userId the user
     * @return the number of families revoked
     * @throws IllegalStateException if there is no {@link TokenFamilyStore}
     */
    public int revokeAllFamilies(String userId) {
        return families.revokeAll(userId);
    }

    /**
     * Deletes records that expired more than an hour ago. Call it until it returns less than the limit.
     *
     * @param limit the maximum number to delete
     * @return the number deleted
     */
    public int deleteExpired(int limit) {
        return families.deleteExpired(limit);
    }

    /**
     * Returns whether the store has a token on record as used or revoked, by one call of the store.
     *
     * @param token a verified token
     */
    public boolean isBlacklisted(VerifiedJwt token) {
        return families.isBlacklisted(token);
    }

    /** Collects the components of {@link JwtTokens}. Not safe for use by several threads. */
    public static final class Builder {

        private final JwtSettings jwt;
        private final UserStore users;
        private RefreshSettings settings = RefreshSettings.simplejwt();
        private @Nullable RefreshTokenStore store;
        private @Nullable Consumer<List<String>> familiesRevoked;
        private @Nullable Consumer<String> userRevoked;
        private Predicate<VerifiedJwt> revoked = token -> false;
        private AuthListener listener = AuthListener.logging();
        private Clock clock = Clock.systemUTC();

        private Builder(JwtSettings jwt, UserStore users) {
            this.jwt = Objects.requireNonNull(jwt, "jwt");
            this.users = Objects.requireNonNull(users, "users");
        }

        /** Sets how tokens are refreshed; {@link RefreshSettings#simplejwt()} by default. */
        public Builder settings(RefreshSettings value) {
            settings = Objects.requireNonNull(value, "settings");
            return this;
        }

        /** Sets the store; by default there is none, and tokens can be neither rotated nor revoked. */
        public Builder store(RefreshTokenStore value) {
            store = Objects.requireNonNull(value, "store");
            return this;
        }

        /**
         * Sets what is notified of the ids of revoked families, so that their access tokens can be revoked too. It may be
         * called before the store has recorded the revocation, and more than once, so that one that failed half way can be
         * repeated; its exceptions reach the caller.
         */
        public Builder onFamiliesRevoked(Consumer<List<String>> value) {
            familiesRevoked = Objects.requireNonNull(value, "onFamiliesRevoked");
            return this;
        }

        /** Sets what is notified that all tokens of a user are revoked; the user is named as tokens name it. */
        public Builder onUserRevoked(Consumer<String> value) {
            userRevoked = Objects.requireNonNull(value, "onUserRevoked");
            return this;
        }

        /** Sets the test whether a verified token was revoked other than in the store; by default none was. */
        public Builder revoked(Predicate<VerifiedJwt> test) {
            revoked = Objects.requireNonNull(test, "revoked");
            return this;
        }

        /** Sets the event listener; events are logged by default. */
        public Builder listener(AuthListener value) {
            listener = AuthListener.all(List.of(value));
            return this;
        }

        /** Sets the clock; the system's by default. */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Creates the service.
         *
         * @throws IllegalStateException if tokens are to be rotated without a store, or no key can sign
         */
        public JwtTokens build() {
            if (settings.mode() == RotationMode.ROTATE && store == null) {
                throw new IllegalStateException("rotation needs a store of used refresh tokens: add"
                        + " .refreshTokens(store) or .stores(…) with a bundle that has one");
            }
            return new JwtTokens(new JwtContext(
                    jwt,
                    settings,
                    users,
                    store,
                    revoked,
                    familiesRevoked,
                    userRevoked,
                    listener,
                    clock,
                    new JwtVerifier(jwt, clock),
                    new JwtIssuer(jwt, clock),
                    new Claims(jwt, settings),
                    new TokenIds()));
        }
    }

    /**
     * The two tokens that a login issues.
     *
     * <p><b>Security.</b> {@link #toString} omits the tokens.
     *
     * @param refresh the refresh token
     * @param access the access token
     */
    public record TokenPair(String refresh, String access) {
        @Override
        public String toString() {
            return "TokenPair[***]";
        }
    }

    /** The outcome of a refresh. */
    public sealed interface RefreshResult {

        /**
         * New tokens were issued.
         *
         * <p><b>Security.</b> {@link #toString} omits the tokens.
         *
         * @param access the access token, or the sliding token
         * @param refresh the new refresh token, where refresh tokens are rotated
         */
        record Refreshed(String access, Optional<String> refresh) implements RefreshResult {
            @Override
            public String toString() {
                return "Refreshed[***]";
            }
        }

        /** No token was issued. */
        sealed interface Refused extends RefreshResult {

            /** Returns the reason as a code for events and logs. */
            default String reason() {
                return PresentedTokens.reason(this);
            }
        }

        /**
         * The token is malformed, forged or not meant for this use.
         *
         * @param message the message of simplejwt (drf-contract VD-1 to VD-14)
         * @param reason the code for events and logs
         */
        record Invalid(String message, String reason) implements Refused {}

        /** The token has expired. */
        record Expired() implements Refused {}

        /** The store has no record of the token, and {@link RefreshSettings#acceptUnknown} is off. */
        record Unknown() implements Refused {}

        /** The token was exchanged for another one before; its family is revoked now. */
        record Reused() implements Refused {}

        /** The token or its family is revoked, or its family has reached its end. */
        record Revoked() implements Refused {}

        /** The user was deactivated or deleted. */
        record UserInactive() implements Refused {}

        /** The user's password is not the one that the token was issued under; its family is revoked now. */
        record PasswordChanged() implements Refused {}
    }

    /** The outcome of verifying a token of any type. */
    public sealed interface VerifyResult {

        /**
         * The token may be used.
         *
         * @param token its claims
         */
        record Valid(VerifiedJwt token) implements VerifyResult {}

        /** The signature is good, but the token was exchanged for another one or revoked. */
        record Revoked() implements VerifyResult {}

        /** The token has expired. */
        record Expired() implements VerifyResult {}

        /**
         * The token is malformed or forged.
         *
         * @param message the message of simplejwt (drf-contract VD-1 to VD-14)
         * @param reason the code for events and logs
         */
        record Invalid(String message, String reason) implements VerifyResult {}
    }

    /** The outcome of revoking a refresh token. */
    public sealed interface RevokeResult {

        /** The token and its family are revoked, or no store is configured. */
        record Revoked() implements RevokeResult {}

        /** The token was exchanged for another one or revoked before; its family is revoked in any case. */
        record AlreadyRevoked() implements RevokeResult {}

        /** The token has expired. */
        record Expired() implements RevokeResult {}

        /**
         * The token is malformed, forged or not a refresh token.
         *
         * @param message the message of simplejwt (drf-contract VD-1 to VD-14)
         * @param reason the code for events and logs
         */
        record Invalid(String message, String reason) implements RevokeResult {}
    }
}
