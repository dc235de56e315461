package io.postern.benchmarks.stub;

import java.lang.reflect.Proxy;

/** Implements an interface by methods that throw: a stub overrides those that the filters call. */
final class Unsupported {

    private Unsupported() {}

    static <T> T of(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            throw new UnsupportedOperationException(type.getSimpleName() + "." + method.getName());
        }));
    }
}
