package io.postern;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The stores of a {@link PosternBuilder}: those set one by one take precedence over a bundle's, whatever the order of the
 * calls, and both over the defaults of extensions. Keeps which stores a call needs, so that a missing one is found at the start.
 */
final class ConfiguredStores implements Stores {

    private final Map<Class<?>, Object> single = new LinkedHashMap<>();
    private final Set<Class<?>> needed = new LinkedHashSet<>();
    private Stores bundle = Stores.of();
    private Stores defaults = Stores.of();

    <S> void set(Class<S> type, S store) {
        single.put(type, Objects.requireNonNull(store, type.getSimpleName()));
    }

    void bundle(Stores stores) {
        bundle = Objects.requireNonNull(stores, "stores");
    }

    /** Makes what was set so far the defaults of what is set from now on. */
    void endDefaults() {
        defaults = new Layer(Map.copyOf(single), bundle, defaults);
        single.clear();
        bundle = Stores.of();
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
        return new Layer(single, bundle, defaults).find(type);
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

    private record Layer(Map<Class<?>, Object> single, Stores bundle, Stores defaults) implements Stores {

        @Override
        public <S> Optional<S> find(Class<S> type) {
            Object store = single.get(type);
            if (store != null) {
                return Optional.of(type.cast(store));
            }
            Optional<S> bundled = bundle.find(type);
            return bundled.isPresent() ? bundled : defaults.find(type);
        }
    }
}
