package io.postern;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The stores of an application in one object, by interface: {@code UserStore}, {@code TokenStore}, {@code RefreshTokenStore},
 * {@code RevocationStore}, {@code SessionStore}, {@code CounterStore}, {@code OneTimeStore}, and those of extensions.
 *
 * <pre>{@code
 * Stores stores = Stores.of(new AccountUsers(pool), new RedisTokens(redis));
 * Postern.builder().stores(stores)
 * }</pre>
 *
 * {@link InMemoryStores}, {@code JdbcStores} and {@code RedisStores} are ready to use. Implementations are immutable and safe
 * for use by several threads.
 */
public interface Stores {

    /**
     * Returns the store that implements an interface, the same object at each call.
     *
     * @param type the interface, such as {@code TokenStore.class}
     * @return the store; empty if this bundle has none
     */
    <S> Optional<S> find(Class<S> type);

    /** Returns a bundle of some stores. Of two that implement an interface, the first is found. */
    static Stores of(Object... stores) {
        List<Object> all = List.of(stores);
        return new Stores() {
            @Override
            public <S> Optional<S> find(Class<S> type) {
                Objects.requireNonNull(type, "type");
                return all.stream().filter(type::isInstance).map(type::cast).findFirst();
            }
        };
    }
}
