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
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions in a {@link SessionStore}, found by the value of a cookie. */
record CookieSessions(
        UserStore users, SessionStore store, SessionSettings settings, Clock clock, RandomText random, int keyLength)
        implements Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(CookieSessions.class);
    private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);
    private static final int BYTES = 32;
    private static final int MAX_COOKIES = 4;

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
        removeAll(request);
        String cookie = settings.newCookie().header(settings.cookieName(), key.reveal(), request.isSecure());
        return new SessionLogin.Started(csrfSecret(key), Optional.of(cookie));
    }

    @Override
    public Optional<CurrentSession> find(AuthRequest request, Predicate<String> proven) {
        Optional<SessionStore.Key> key = keyOf(request, proven);
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
    public Optional<String> unrecognized(AuthRequest request) {
        return settings.cookie().isDropped(request.isSecure())
                ? Optional.of(
                        "the cookie " + settings.cookieName() + " is Secure, and the request came over plain HTTP:"
                                + " serve TLS, or configure the proxy that ends it")
                : Optional.empty();
    }

    @Override
    public Optional<String> end(AuthRequest request) {
        removeAll(request);
        return Optional.of(settings.cookie().deletion(settings.cookieName(), request.isSecure()));
    }

    /**
     * Several cookies of this name may be an attempt to inject one, or come from a neighbouring application: the one counts
     * whose secret the client has.
     */
    private Optional<SessionStore.Key> keyOf(AuthRequest request, Predicate<String> proven) {
        List<String> values = request.cookies(settings.cookieName());
        for (String value : values) {
            if (value.length() != keyLength) {
                continue;
            }
            SessionStore.Key key = SessionStore.Key.of(value);
            if (values.size() == 1 || proven.test(csrfSecret(key))) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private void removeAll(AuthRequest request) {
        request.cookies(settings.cookieName()).stream()
                .filter(value -> value.length() == keyLength)
                .limit(MAX_COOKIES)
                .map(SessionStore.Key::of)
                .forEach(store::remove);
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
