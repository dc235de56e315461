package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.StoreException;
import io.postern.auth.internal.ConstantTime;
import io.postern.auth.internal.Digests;
import io.postern.auth.internal.RandomText;
import io.postern.auth.user.Device;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import io.postern.auth.user.WithUser;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions in a {@link SessionStore}, named by a cookie of our own whose text is kept nowhere. */
record StoredSessions(UserStore users, SessionStore store, SessionSettings settings, Clock clock, RandomText random)
        implements Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(StoredSessions.class);
    private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);
    private static final int BYTES = 32;
    private static final int LENGTH = 43;

    @Override
    public SessionStarted begin(AuthRequest request, StoredUser user) {
        String text = random.base64Url(BYTES);
        Instant now = clock.instant();
        Optional<StoredSession> before = sessionOf(request);
        store.add(new StoredSession(
                random.hex(16),
                Digests.sha256Hex(text),
                user.user().id(),
                user.securityStamp(),
                Device.of(request, ""),
                now,
                now,
                expiry(now, now)));
        before.ifPresent(this::remove);
        String cookie = settings.cookie().header(settings.cookieName(), text, request.isSecure());
        return new SessionStarted(CsrfToken.derivedFrom(text), Optional.of(cookie));
    }

    @Override
    public Optional<CurrentSession> find(AuthRequest request) {
        Optional<String> text = textOf(request);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<WithUser<StoredSession>> kept = store.findWithUser(Digests.sha256Hex(text.get()), users)
                .filter(owned -> !owned.found().isExpired(now));
        Optional<StoredUser> user = kept.flatMap(WithUser::owner)
                .filter(found -> ConstantTime.equals(
                        found.securityStamp(), kept.get().found().securityStamp()));
        if (user.isEmpty()) {
            kept.map(WithUser::found).ifPresent(this::remove);
            return Optional.empty();
        }
        touch(kept.get().found(), now);
        return Optional.of(new CurrentSession(user.get(), Optional.of(CsrfToken.derivedFrom(text.get()))));
    }

    @Override
    public Optional<String> end(AuthRequest request) {
        sessionOf(request).ifPresent(this::remove);
        return Optional.of(settings.cookie().deletion(settings.cookieName(), request.isSecure()));
    }

    private Optional<StoredSession> sessionOf(AuthRequest request) {
        return textOf(request).flatMap(text -> store.find(Digests.sha256Hex(text)));
    }

    /** Two cookies of this name are an attempt to slip one in, so they count as none. */
    private Optional<String> textOf(AuthRequest request) {
        List<String> values = request.cookies(settings.cookieName());
        return values.size() == 1 && values.get(0).length() == LENGTH ? Optional.of(values.get(0)) : Optional.empty();
    }

    private Instant expiry(Instant created, Instant used) {
        Instant idle = used.plus(settings.idleTimeout());
        Instant end = created.plus(settings.absoluteTimeout());
        return idle.isBefore(end) ? idle : end;
    }

    /** Whoever has been found is let in, whether or not the note can be taken. */
    private void touch(StoredSession session, Instant now) {
        if (session.lastUsed().plus(TOUCH_INTERVAL).isAfter(now)) {
            return;
        }
        try {
            store.touch(session.digest(), now, expiry(session.created(), now));
        } catch (StoreException e) {
            LOG.warn("the use of session {} could not be noted", session.id(), e);
        }
    }

    private void remove(StoredSession session) {
        store.remove(session.userId(), session.id());
    }

    @Override
    public String toString() {
        return "StoredSessions[" + settings.cookieName() + "]";
    }
}
