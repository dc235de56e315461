package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.SessionHandle;
import io.postern.auth.internal.ConstantTime;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sessions of the container or framework, by its {@link SessionHandle}. */
record ContainerSessions(UserStore users) implements Sessions {

    private static final String USER = "io.postern.user";
    private static final String STAMP = "io.postern.stamp";
    private static final String SECRET = "io.postern.csrf";
    private static final CsrfToken TOKENS = new CsrfToken();

    @Override
    public NewSession begin(AuthRequest request, StoredUser user) {
        String id = user.user().id();
        SessionHandle session = request.session();
        if (session.attribute(USER).filter(other -> !other.equals(id)).isPresent()) {
            session.end();
        }
        String secret = TOKENS.newSecret();
        // The user last: whoever reads meanwhile finds nobody, or somebody with stamp and secret.
        Map<String, String> bound = new LinkedHashMap<>();
        bound.put(STAMP, user.stamp());
        bound.put(SECRET, secret);
        bound.put(USER, id);
        session.start(bound);
        return new NewSession(secret, Optional.empty());
    }

    @Override
    public Optional<LiveSession> find(AuthRequest request) {
        SessionHandle session = request.session();
        Optional<String> id = session.attribute(USER);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        String stamp = session.attribute(STAMP).orElse("");
        Optional<StoredUser> user = users.findById(id.get()).filter(found -> ConstantTime.equals(found.stamp(), stamp));
        if (user.isEmpty()) {
            session.end();
        }
        return user.map(found -> new LiveSession(found, session.attribute(SECRET)));
    }

    @Override
    public Optional<String> end(AuthRequest request) {
        request.session().end();
        return Optional.empty();
    }
}
