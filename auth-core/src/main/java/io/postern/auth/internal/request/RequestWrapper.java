package io.postern.auth.internal.request;

import io.postern.auth.AuthRequest;
import io.postern.auth.SessionHandle;
import java.util.List;
import java.util.Optional;

/** A request that delegates to another one; implementations override a few methods. */
public interface RequestWrapper extends AuthRequest {

    /** Returns the request that every method not overridden delegates to. */
    AuthRequest wrapped();

    @Override
    default String method() {
        return wrapped().method();
    }

    @Override
    default String path() {
        return wrapped().path();
    }

    @Override
    default String rawPath() {
        return wrapped().rawPath();
    }

    @Override
    default String query() {
        return wrapped().query();
    }

    @Override
    default List<String> headers(String name) {
        return wrapped().headers(name);
    }

    @Override
    default Optional<String> header(String name) {
        return wrapped().header(name);
    }

    @Override
    default List<String> cookies(String name) {
        return wrapped().cookies(name);
    }

    @Override
    default String remoteAddress() {
        return wrapped().remoteAddress();
    }

    @Override
    default boolean isSecure() {
        return wrapped().isSecure();
    }

    @Override
    default Optional<String> host() {
        return wrapped().host();
    }

    @Override
    default Optional<String> formField(String name) {
        return wrapped().formField(name);
    }

    @Override
    default SessionHandle session() {
        return wrapped().session();
    }

    @Override
    default Optional<String> remoteUser() {
        return wrapped().remoteUser();
    }

    @Override
    default <T> Optional<T> unwrap(Class<T> type) {
        return wrapped().unwrap(type);
    }
}
