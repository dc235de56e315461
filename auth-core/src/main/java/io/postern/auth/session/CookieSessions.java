package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.StoreException;
import io.postern.auth.internal.ConstantTime;
import io.postern.auth.internal.RandomText;
import io.postern.auth.user.Device;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions in a {@link SessionStore}, found by the value of a cookie. */
record CookieSessions(
        UserStore users, SessionStore store, SessionSettings settings, Clock clock, RandomText random, int keyLength)
        implements Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(CookieSessions.class);
    private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);
    private static final int BYTES = 32;

    static CookieSessions of(UserStore users, SessionStore store, SessionSettings settings, Clock clock) {
        int keyLength = store.newKey(new byte[BYTES]).reveal().length();
        return new CookieSessions(users, store, settings, clock, new RandomText(), keyLength);
    }

    @Override
    public SessionLogin.Started begin(AuthRequest request, StoredUser user) {
        SessionStore.Key key = store.newKey(random.bytes(BYTES));
        Instant now = clock.instant();
        StoredSession session = new StoredSession(
                random.hex(16),
                user.user().id(),
                user.securityStamp(),
                Device.of(request, ""),
                now,
                now,
                expiry(now, now));
        if (!store.add(key, session)) {
            throw new IllegalStateException("a session with this key exists already");
        }
        keyOf(request).ifPresent(store::remove);
        String cookie = settings.cookie().header(settings.cookieName(), key.reveal(), request.isSecure());
        return new SessionLogin.Started(csrfSecret(key), Optional.of(cookie));
    }

    @Override
    public Optional<CurrentSession> find(AuthRequest request) {
        Optional<SessionStore.Key> key = keyOf(request);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<UserStore.WithUser<StoredSession>> found = store.findWithUser(key.get(), users);
        if (found.isEmpty() || found.get().found().isExpired(now)) {
            return Optional.empty();
        }
        StoredSession session = found.get().found();
        Optional<StoredUser> user = found.get().owner();
        if (user.isEmpty() || !ConstantTime.equals(user.get().securityStamp(), session.securityStamp())) {
            store.remove(key.get());
            return Optional.empty();
        }
        touch(key.get(), session, now);
        Optional<String> secret = settings.csrfBound() ? Optional.of(csrfSecret(key.get())) : Optional.empty();
        return Optional.of(new CurrentSession(user.get(), secret));
    }

    @Override
    public Optional<String> end(AuthRequest request) {
        keyOf(request).ifPresent(store::remove);
        return Optional.of(settings.cookie().deletion(settings.cookieName(), request.isSecure()));
    }

    /** Two cookies of this name may be an attempt to inject one: neither counts. */
    private Optional<SessionStore.Key> keyOf(AuthRequest request) {
        List<String> values = request.cookies(settings.cookieName());
        return values.size() == 1 && values.get(0).length() == keyLength
                ? Optional.of(SessionStore.Key.of(values.get(0)))
                : Optional.empty();
    }

    private static String csrfSecret(SessionStore.Key key) {
        return CsrfToken.derivedFrom(key.reveal());
    }

    private Instant expiry(Instant created, Instant used) {
        Instant idle = used.plus(settings.idleTimeout());
        Instant end = created.plus(settings.absoluteTimeout());
        return idle.isBefore(end) ? idle : end;
    }

    /** Failing to update the last use must not fail the request. */
    private void touch(SessionStore.Key key, StoredSession session, Instant now) {
        if (session.lastUsed().plus(TOUCH_INTERVAL).isAfter(now)) {
            return;
        }
        try {
            store.touch(key, now, expiry(session.created(), now));
        } catch (StoreException e) {
            LOG.warn("could not update the last use of session {}", session.id(), e);
        }
    }

    @Override
    public String toString() {
        return "CookieSessions[" + settings.cookieName() + "]";
    }
}
