package io.postern.auth.jwt;

import io.postern.auth.AuthResult;
import io.postern.auth.internal.AuthorizationHeader;
import io.postern.auth.internal.Sha256;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.jwt.internal.JwsHeader;
import io.postern.auth.jwt.internal.Refusals;
import io.postern.auth.jwt.internal.TokenFault;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Verifies a token, unless it was verified lately, and returns its user. Safe for use by several threads. */
final class JwtUsers {

    private final JwtSettings settings;
    private final JwtVerifier verifier;
    private final @Nullable VerifiedTokens verified;
    private final @Nullable UserStore store;
    private final Predicate<VerifiedJwt> revoked;
    private final Clock clock;
    private final Refusals refusals;
    private final AuthResult malformedHeader;

    /** The refusals by fault, if one type is accepted, so that refusing costs no more than a look-up. */
    private final Map<TokenFault, AuthResult> known = new EnumMap<>(TokenFault.class);

    private JwtUsers(
            JwtSettings settings,
            JwtVerifier verifier,
            @Nullable VerifiedTokens verified,
            @Nullable UserStore store,
            Predicate<VerifiedJwt> revoked,
            Clock clock) {
        this.settings = settings;
        this.verifier = verifier;
        this.verified = verified;
        this.store = store;
        this.revoked = revoked;
        this.clock = clock;
        this.refusals = new Refusals(settings.challenge());
        this.malformedHeader = refusals.ofHeader();
        if (settings.accepted().size() == 1) {
            for (TokenFault fault : TokenFault.values()) {
                known.put(fault, refuse(List.of(fault)));
            }
        }
    }

    /**
     * Creates it.
     *
     * @param store looks up the user of each token; null to trust the token alone
     */
    static JwtUsers of(JwtSettings settings, @Nullable UserStore store, Clock clock) {
        JwtVerifier verifier = new JwtVerifier(settings, clock);
        int max = settings.values.maxVerifiedTokens;
        VerifiedTokens verified = max == 0 ? null : new VerifiedTokens(max, verifier, clock);
        return new JwtUsers(settings, verifier, verified, store, jwt -> false, clock);
    }

    JwtUsers refusing(Predicate<VerifiedJwt> test) {
        return new JwtUsers(settings, verifier, verified, store, test, clock);
    }

    /** Returns the user of the token in a header, or why there is none. */
    AuthResult ofHeader(AuthorizationHeader header) {
        // Only a token that is all of the rest is remembered, so white space in it needs no search.
        Sha256 digest = verified == null ? null : header.digestOfRest();
        AuthResult remembered = remembered(digest);
        if (remembered != null) {
            return remembered;
        }
        List<String> parameters = header.parameters();
        if (parameters.size() != 1) {
            return malformedHeader;
        }
        String token = parameters.get(0);
        return verify(token, header.restIs(token) ? digest : null);
    }

    /** Returns the user of the token in a cookie, or why there is none. */
    AuthResult ofCookie(String token) {
        Sha256 digest = verified == null ? null : Sha256.of(token);
        AuthResult remembered = remembered(digest);
        return remembered == null ? verify(token, digest) : remembered;
    }

    /** Returns the user of a token that was verified before; null for a revoked one too, which the verification answers. */
    private @Nullable AuthResult remembered(@Nullable Sha256 digest) {
        VerifiedTokens.Entry entry = verified == null || digest == null ? null : verified.find(digest);
        if (entry == null || revoked.test(entry.jwt())) {
            return null;
        }
        return entry.result() == null ? userOf(entry.jwt()) : entry.result();
    }

    private AuthResult verify(String token, @Nullable Sha256 digest) {
        JwtVerifier.Reading reading = verifier.read(token);
        // Before the verification: if the keys are reloaded meanwhile, the entry is never found valid.
        JwtKey key = reading.key();
        List<TokenFault> faults = new ArrayList<>(1);
        for (TokenType type : settings.accepted()) {
            JwtVerification check = reading.as(type, revoked);
            if (check instanceof JwtVerification.Verified found && !revoked.test(found.jwt())) {
                AuthResult result = userOf(found.jwt());
                remember(digest, token.length(), reading.header(), key, found.jwt(), result);
                return result;
            }
            faults.add(check instanceof JwtVerification.Refused refused ? refused.fault() : TokenFault.REVOKED);
        }
        return refused(faults);
    }

    private void remember(
            @Nullable Sha256 digest,
            int length,
            @Nullable JwsHeader header,
            @Nullable JwtKey key,
            VerifiedJwt jwt,
            AuthResult result) {
        if (verified == null || digest == null || header == null || key == null) {
            return;
        }
        if (store != null) {
            verified.add(digest, length, new VerifiedTokens.Entry(jwt, header, key, clock.millis(), null));
        } else if (result instanceof AuthResult.Authenticated) {
            verified.add(digest, length, new VerifiedTokens.Entry(jwt, header, key, clock.millis(), result));
        }
    }

    private AuthResult refused(List<TokenFault> faults) {
        AuthResult prepared = known.get(faults.get(0));
        return prepared == null ? refuse(faults) : prepared;
    }

    private AuthResult refuse(List<TokenFault> faults) {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
            TokenType type = settings.accepted().get(i);
            messages.add(Refusals.message(
                    type.className(), type.claim(), faults.get(i).message()));
        }
        return refusals.ofToken(messages, faults.get(faults.size() - 1).reason());
    }

    private AuthResult userOf(VerifiedJwt jwt) {
        String claim = settings.userIdClaim();
        if (!jwt.has(claim)) {
            return refusals.of(
                    "Token contained no recognizable user identification", "token_not_valid", "jwt_no_user_claim");
        }
        return store == null ? AuthResult.authenticated(new TokenUser(jwt, claim), jwt) : lookUp(store, jwt);
    }

    private AuthResult lookUp(UserStore users, VerifiedJwt jwt) {
        Optional<StoredUser> user = verifier.userOf(jwt, users);
        if (user.isEmpty()) {
            return refusals.of("User not found", "user_not_found", "user_unknown");
        }
        if (settings.values.checkActive && !user.get().user().isActive()) {
            return refusals.of("User is inactive", "user_inactive", "user_inactive");
        }
        return verifier.hasPasswordOf(jwt, user.get())
                ? AuthResult.authenticated(user.get().user(), jwt)
                : refusals.of("The user's password has been changed.", "password_changed", "password_changed");
    }
}
