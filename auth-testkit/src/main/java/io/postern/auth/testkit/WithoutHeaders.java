package io.postern.auth.testkit;

import io.postern.auth.AuthRequest;
import io.postern.auth.SessionHandle;
import java.util.List;
import java.util.Optional;

/**
 * A request as it would be without some of its headers, and without what a container makes of them.
 *
 * @param wrapped the request
 * @param names the headers; {@code Cookie} takes all cookies and the session with it
 */
record WithoutHeaders(AuthRequest wrapped, List<String> names) implements AuthRequest.Wrapper {

    @Override
    public List<String> headers(String name) {
        return isLeftOut(name) ? List.of() : wrapped.headers(name);
    }

    @Override
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    @Override
    public List<String> cookies(String name) {
        return isLeftOut("Cookie") ? List.of() : wrapped.cookies(name);
    }

    @Override
    public SessionHandle session() {
        return isLeftOut("Cookie") ? SessionHandle.none() : wrapped.session();
    }

    @Override
    public Optional<String> remoteUser() {
        return Optional.empty();
    }

    private boolean isLeftOut(String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }
}
