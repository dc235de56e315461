package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.SessionHandle;
import io.postern.auth.internal.ConstantTime;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Sessions of the container or framework, accessed through its {@link SessionHandle}. */
record ContainerSessions(UserStore users) implements Sessions {

    private static final String USER = "io.postern.user";
    private static final String STAMP = "io.postern.stamp";
    private static final String SECRET = "io.postern.csrf";
    private static final CsrfToken TOKENS = new CsrfToken();

    @Override
    public SessionLogin.Started begin(AuthRequest request, StoredUser user) {
        String id = user.user().id();
        SessionHandle session = request.session();
        if (session.unprovenAttribute(USER).filter(other -> !other.equals(id)).isPresent()) {
            session.invalidate();
        }
        String secret = TOKENS.newSecret();
        // The user is written last, so that a concurrent reader never sees a user without stamp and secret.
        Map<String, String> bound = new LinkedHashMap<>();
        bound.put(STAMP, user.securityStamp());
        bound.put(SECRET, secret);
        bound.put(USER, id);
        session.renew(bound);
        return new SessionLogin.Started(secret, Optional.empty());
    }

    @Override
    public Optional<CurrentSession> find(AuthRequest request, Predicate<String> proven) {
        SessionHandle session = request.session();
        Optional<String> id = session.unprovenAttribute(USER);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> secret = session.unprovenAttribute(SECRET);
        if (session.attribute(USER).isEmpty() && secret.filter(proven).isEmpty()) {
            return Optional.empty();
        }
        String securityStamp = session.unprovenAttribute(STAMP).orElse("");
        Optional<StoredUser> user = users.findById(id.get());
        if (user.isEmpty() || !ConstantTime.equals(user.get().securityStamp(), securityStamp)) {
            session.invalidate();
            return Optional.empty();
        }
        return Optional.of(new CurrentSession(user.get(), secret));
    }

    @Override
    public Optional<String> unrecognized(AuthRequest request) {
        return request.session().unrecognized(request.isSecure());
    }

    @Override
    public Optional<String> end(AuthRequest request) {
        request.session().invalidate();
        return Optional.empty();
    }
}
