package io.postern.conformance.replay;

import io.postern.auth.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Makes stores fail while it lasts. */
final class Outage {

    private volatile boolean on;

    void begin() {
        on = true;
    }

    void end() {
        on = false;
    }

    <T> T reach(Class<T> type, T store) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (on) {
                        throw new StoreException("the store is down");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
