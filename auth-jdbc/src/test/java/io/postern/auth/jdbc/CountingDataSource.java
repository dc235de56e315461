package io.postern.auth.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Lends another's connections and notes what is carried out on them. */
final class CountingDataSource {

    private final List<String> executed = new CopyOnWriteArrayList<>();
    private final AtomicInteger commits = new AtomicInteger();
    private final DataSource counting;
    private volatile Interference before = sql -> {};

    CountingDataSource(DataSource source) {
        this.counting = wrap(DataSource.class, source, (method, result) -> {
            return result instanceof Connection connection ? counting(connection) : result;
        });
    }

    DataSource source() {
        return counting;
    }

    /** Lets something happen before each statement, as if another server did it. */
    void before(Interference action) {
        before = action;
    }

    /** Returns the statements that something carries out. */
    List<String> during(Runnable action) {
        executed.clear();
        commits.set(0);
        action.run();
        return List.copyOf(executed);
    }

    /** Returns how many transactions of several statements were committed meanwhile. */
    int transactions() {
        return commits.get();
    }

    private Connection counting(Connection connection) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("commit")) {
                commits.incrementAndGet();
            }
            Object result = invoke(connection, method, arguments);
            return result instanceof PreparedStatement statement
                    ? counting(statement, String.valueOf(arguments[0]))
                    : result;
        };
        return proxy(Connection.class, handler);
    }

    private PreparedStatement counting(PreparedStatement statement, String sql) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                before.before(sql);
                executed.add(sql);
            }
            return invoke(statement, method, arguments);
        };
        return proxy(PreparedStatement.class, handler);
    }

    /** What happens before a statement. */
    interface Interference {

        void before(String sql) throws SQLException;
    }

    private interface Change {

        Object of(Method method, Object result);
    }

    private static <T> T wrap(Class<T> type, T target, Change change) {
        return proxy(type, (proxy, method, arguments) -> change.of(method, invoke(target, method, arguments)));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
