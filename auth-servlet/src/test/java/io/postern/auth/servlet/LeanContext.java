package io.postern.auth.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;

/** The application of {@link LeanRequest}: a proxy, of which few methods are called for a request. */
final class LeanContext {

    private static final SessionCookieConfig COOKIE =
            proxy(SessionCookieConfig.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getName" -> null;
                default -> throw new UnsupportedOperationException(method.toString());
            });

    static final ServletContext INSTANCE =
            proxy(ServletContext.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getSessionCookieConfig" -> COOKIE;
                case "getServletRegistrations" -> Map.of();
                case "getServletRegistration" -> null;
                case "hashCode" -> 1;
                case "equals" -> proxy == arguments[0];
                default -> throw new UnsupportedOperationException(method.toString());
            });

    private LeanContext() {}

    static <T> T unsupported(Class<T> type) {
        return proxy(type, (proxy, method, arguments) -> {
            throw new UnsupportedOperationException(method.toString());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
