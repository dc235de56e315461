package io.postern;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The stores of a {@link PosternBuilder}: those set one by one take precedence over a bundle's, whatever the order of the
 * calls. Keeps which stores a call needs, so that a missing one is found at the start.
 */
final class ConfiguredStores implements Stores {

    private final Map<Class<?>, Object> single = new LinkedHashMap<>();
    private final Set<Class<?>> needed = new LinkedHashSet<>();
    private Stores bundle = Stores.of();

    <S> void set(Class<S> type, S store) {
        single.put(type, Objects.requireNonNull(store, type.getSimpleName()));
    }

    void bundle(Stores stores) {
        bundle = Objects.requireNonNull(stores, "stores");
    }

    /** Records that the builder was called with settings that need a store. */
    void need(Class<?> type) {
        needed.add(type);
    }

    boolean isNeeded(Class<?> type) {
        return needed.contains(type);
    }

    boolean has(Class<?> type) {
        return find(type).isPresent();
    }

    @Override
    public <S> Optional<S> find(Class<S> type) {
        Object store = single.get(type);
        return store == null ? bundle.find(type) : Optional.of(type.cast(store));
    }

    /** Checks that no needed store is missing. */
    void check() {
        for (Class<?> type : needed) {
            if (!has(type)) {
                throw missing(type);
            }
        }
    }

    static IllegalStateException missing(Class<?> type) {
        return new IllegalStateException("No " + type.getSimpleName() + " configured: call " + setter(type)
                + " on the builder, or .stores(…) with a bundle that has one");
    }

    private static String setter(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "UserStore" -> ".users(userStore)";
            case "TokenStore" -> ".tokens(tokenStore)";
            case "RefreshTokenStore" -> ".refreshTokens(refreshTokenStore)";
            case "RevocationStore" -> ".revocations(revocationStore)";
            case "SessionStore" -> ".sessions(sessionStore)";
            case "CounterStore" -> ".counters(counterStore)";
            case "OneTimeStore" -> ".oneTimeSecrets(oneTimeStore)";
            default -> ".stores(Stores.of(…))";
        };
    }
}
