package io.postern.auth.testkit;

import io.postern.auth.AuthRequest;
import io.postern.auth.SessionHandle;
import java.util.List;
import java.util.Optional;

/**
 * A request without some of its headers, and without what a container derives from them.
 *
 * @param names the headers to omit; {@code Cookie} omits all cookies and the session
 */
record WithoutHeaders(AuthRequest wrapped, List<String> names) implements AuthRequest {

    @Override
    public String method() {
        return wrapped.method();
    }

    @Override
    public String path() {
        return wrapped.path();
    }

    @Override
    public String rawPath() {
        return wrapped.rawPath();
    }

    @Override
    public String query() {
        return wrapped.query();
    }

    @Override
    public List<String> headers(String name) {
        return isOmitted(name) ? List.of() : wrapped.headers(name);
    }

    @Override
    public List<String> cookies(String name) {
        return isOmitted("Cookie") ? List.of() : wrapped.cookies(name);
    }

    @Override
    public String remoteAddress() {
        return wrapped.remoteAddress();
    }

    @Override
    public boolean isSecure() {
        return wrapped.isSecure();
    }

    @Override
    public Optional<String> host() {
        return wrapped.host();
    }

    @Override
    public Optional<String> formField(String name) {
        return wrapped.formField(name);
    }

    @Override
    public SessionHandle session() {
        return isOmitted("Cookie") ? SessionHandle.none() : wrapped.session();
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return wrapped.unwrap(type);
    }

    private boolean isOmitted(String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }
}
