package io.postern.auth.jwt;

import io.postern.auth.internal.Base64Url;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.internal.JsonReader;
import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.RevokeResult;
import io.postern.auth.jwt.JwtTokens.VerifyResult;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.memory.InMemoryRefreshTokenStore;
import io.postern.auth.password.Password;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.testing.Events;
import io.postern.auth.testing.Users;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.Device;
import io.postern.auth.user.InMemoryUserStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Logins of Ann, with everything about them to look at. */
final class Logins implements FamilyRevocationListener {

    static final long NOW = 1_800_000_000L;
    static final Device LAPTOP = new Device("laptop", "192.0.2.1", "Firefox");
    static final Device PHONE = new Device("phone", "198.51.100.7", "Safari");

    final SettableClock clock = SettableClock.at(Instant.ofEpochSecond(NOW).plusMillis(900));
    final InMemoryUserStore users = Users.store();
    final InMemoryRefreshTokenStore store = new InMemoryRefreshTokenStore();
    final Events events = new Events();
    final List<String> ended = new ArrayList<>();
    private UnaryOperator<JwtSettings.Builder> jwt = settings -> settings;
    private boolean stored = true;

    Logins jwt(UnaryOperator<JwtSettings.Builder> change) {
        jwt = change;
        return this;
    }

    Logins withoutStore() {
        stored = false;
        return this;
    }

    JwtTokens in(RotationMode mode) {
        return with(settings -> settings.withMode(mode).withReuseGracePeriod(Duration.ZERO));
    }

    JwtTokens with(UnaryOperator<RefreshSettings> change) {
        JwtTokens.Builder builder = JwtTokens.builder(settings(), users)
                .settings(change.apply(RefreshSettings.simplejwt()))
                .onFamiliesRevoked(this::familiesRevoked)
                .onUserRevoked(this::userRevoked)
                .listener(events)
                .clock(clock);
        return (stored ? builder.store(store) : builder).build();
    }

    JwtSettings settings() {
        KeyRing keys = KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32]).withId("k"));
        return jwt.apply(JwtSettings.builder(keys)).build();
    }

    /** Signs a token that was never issued. */
    String foreign(TokenType kind, String id, Map<String, Object> more) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("token_type", kind.claim());
        claims.put("exp", NOW + 3_600);
        claims.put("iat", NOW - 60);
        claims.put("jti", id);
        claims.putAll(more);
        return new JwtIssuer(settings(), clock).sign(kind, claims);
    }

    void changePassword() {
        users.setPasswordHash("1", Users.HASHER.hash(Password.of("another")));
    }

    void pass(Duration step) {
        clock.advance(step);
    }

    static Map<String, Object> claims(String token) {
        return JsonReader.readObject(Base64Url.decode(token.split("\\.")[1]).orElseThrow(), JsonLimits.TOKEN);
    }

    static String id(String token) {
        return (String) claims(token).get("jti");
    }

    static String family(String token) {
        return id(token).substring(0, 16);
    }

    static RefreshResult.Refreshed good(RefreshResult result) {
        if (result instanceof RefreshResult.Refreshed refreshed) {
            return refreshed;
        }
        throw new AssertionError(result);
    }

    static String next(RefreshResult result) {
        return good(result).refresh().orElseThrow();
    }

    /** Returns "good", simplejwt's message for an invalid token, or the name of the refusal. */
    static String refusal(RefreshResult result) {
        if (result instanceof RefreshResult.Refreshed) {
            return "good";
        }
        return result instanceof RefreshResult.Invalid invalid ? invalid.message() : name(result);
    }

    static String refusal(VerifyResult result) {
        if (result instanceof VerifyResult.Valid) {
            return "good";
        }
        return result instanceof VerifyResult.Invalid invalid ? invalid.message() : name(result);
    }

    static String refusal(RevokeResult result) {
        if (result instanceof RevokeResult.Revoked) {
            return "good";
        }
        return result instanceof RevokeResult.Invalid invalid ? invalid.message() : name(result);
    }

    private static String name(Object result) {
        return result.getClass().getSimpleName();
    }

    @Override
    public void familiesRevoked(List<String> familyIds) {
        ended.addAll(familyIds);
    }

    @Override
    public void userRevoked(String userId) {
        ended.add("user " + userId);
    }
}
