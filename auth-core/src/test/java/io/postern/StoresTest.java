package io.postern;

import static io.postern.StandardAuthenticators.apiKey;
import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.allowAny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.AuthenticatorFactory.Components;
import io.postern.auth.StoreException;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.Device;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.Paging;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StoresTest {

    private final InMemoryStores stores = new InMemoryStores();

    @Test
    void a_bundle_finds_the_first_store_of_an_interface() {
        TokenStore first = new InMemoryStores().tokens();
        Stores bundle = Stores.of(first, new InMemoryStores().tokens(), new InMemoryStores().sessions());

        assertThat(bundle.find(TokenStore.class)).containsSame(first);
        assertThat(bundle.find(SessionStore.class)).isPresent();
        assertThat(bundle.find(UserStore.class)).isEmpty();
    }

    @Test
    void the_bundle_in_memory_has_every_store() {
        for (Class<?> type : List.of(
                UserStore.class,
                TokenStore.class,
                RefreshTokenStore.class,
                RevocationStore.class,
                SessionStore.class,
                CounterStore.class,
                OneTimeStore.class)) {
            assertThat(stores.find(type)).as(type.getSimpleName()).isPresent();
        }
        assertThat(stores.find(UserStore.class)).containsSame(stores.users());
    }

    @Test
    void a_bundle_configures_all_services() {
        stores.users().add(UserRecord.of("1", "ann"), "");
        Postern postern = builder(stores).jwt(keys()).authenticators(jwt()).build();

        postern.tokens().issue("1", "laptop");
        assertThat(store(TokenStore.class).list("1", Paging.first(9))).hasSize(1);
        assertThat(postern.sessions().stored().orElseThrow().list("1", Paging.first(1)))
                .isEmpty();
        assertThat(postern.revocations()).isNotNull();
        postern.jwt().issue(stores.users().findById("1").orElseThrow(), Device.unknown());
        assertThat(store(TokenFamilyStore.class).list("1", Instant.now(), Paging.first(9)))
                .hasSize(1);
    }

    @Test
    void a_store_set_by_a_call_of_its_own_takes_precedence_in_either_order() {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("7", "bob"), "");
        for (UnaryOperator<PosternBuilder> order : List.<UnaryOperator<PosternBuilder>>of(
                builder -> builder.stores(stores).users(users),
                builder -> builder.users(users).stores(stores))) {
            Components[] seen = new Components[1];
            order.apply(Postern.builder())
                    .with((components, registry) -> seen[0] = components)
                    .authenticators(basic())
                    .permissions(allowAny())
                    .build();

            assertThat(seen[0].users()).isSameAs(users);
            assertThat(seen[0].stores().find(UserStore.class)).containsSame(users);
            assertThat(seen[0].counters())
                    .isSameAs(stores.find(CounterStore.class).orElseThrow());
            assertThat(seen[0].oneTimeSecrets())
                    .isSameAs(stores.find(OneTimeStore.class).orElseThrow());
        }
    }

    @Test
    void the_token_endpoint_exists_only_if_tokens_are_used() {
        assertThat(paths(builder(stores).authenticators(session()))).doesNotContain("/token/");
        assertThat(paths(builder(stores).authenticators(session(), apiKey("X-Api-Key"))))
                .doesNotContain("/token/");
        assertThat(paths(builder(stores).authenticators(session(), token()))).contains("/token/");
        assertThat(paths(builder(stores)
                        .authenticators(session())
                        .policy("/api/*", policy -> policy.authenticators(token()))))
                .contains("/token/");
        assertThat(paths(builder(stores).tokens(tokens -> tokens).authenticators(session())))
                .contains("/token/");
    }

    @Test
    void a_missing_store_is_reported_with_the_call_that_sets_it() {
        Stores users = Stores.of(new InMemoryUserStore());

        assertMissing(builder(Stores.of()).authenticators(basic()), "No UserStore", ".users(userStore)");
        assertMissing(builder(users).authenticators(token()), "No TokenStore", ".tokens(tokenStore)");
        assertMissing(
                builder(users).tokens(tokens -> tokens).authenticators(basic()),
                "No TokenStore",
                ".tokens(tokenStore)");
        assertMissing(
                builder(users).sessions(session -> session).authenticators(basic()),
                "No SessionStore",
                ".sessions(sessionStore)");
        assertMissing(
                builder(users).revocations(revocations -> revocations).authenticators(basic()),
                "No RevocationStore",
                ".revocations(revocationStore)");
        assertMissing(counting(users, Components::counters), "No CounterStore", ".counters(counterStore)");
        assertMissing(counting(users, Components::oneTimeSecrets), "No OneTimeStore", ".oneTimeSecrets(oneTimeStore)");
    }

    @Test
    void nothing_of_a_deleted_user_survives() {
        Instant now = Instant.now();
        Postern postern = builder(stores).jwt(keys()).authenticators(jwt()).build();
        for (String id : List.of("1", "2")) {
            StoredUser user = new StoredUser(UserRecord.of(id, "user" + id), "");
            stores.users().add(user.user(), "");
            postern.tokens().issue(id, "laptop");
            store(SessionStore.class).add(SessionStore.Key.of("session" + id), storedSession(id, now));
            postern.jwt().issue(user, Device.unknown());
            store(OneTimeStore.class).add(secret(id, now), now);
        }

        postern.deleteUser("1");
        postern.deleteUser("1");

        assertThat(stores.users().findById("1")).isEmpty();
        assertThat(rows(postern, "1", now)).containsExactly(0, 0, 0, 0);
        assertThat(stores.users().findById("2")).isPresent();
        assertThat(rows(postern, "2", now)).containsExactly(1, 1, 1, 1);
        assertThat(postern.revocations().isRevoked(new Revocation.Subject("", "", "1", now.minusSeconds(1))))
                .isTrue();
        assertThat(postern.revocations().isRevoked(new Revocation.Subject("", "", "2", now.minusSeconds(1))))
                .isFalse();
    }

    @Test
    void a_deletion_that_fails_leaves_the_user() {
        stores.users().add(UserRecord.of("1", "ann"), "");
        boolean[] fails = {true};
        Postern postern = builder(stores)
                .with((components, registry) -> registry.userDeletion(userId -> {
                    if (fails[0]) {
                        throw new StoreException("down");
                    }
                }))
                .authenticators(basic())
                .build();

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> postern.deleteUser("1"));
        assertThat(stores.users().findById("1")).isPresent();

        fails[0] = false;
        postern.deleteUser("1");
        assertThat(stores.users().findById("1")).isEmpty();
    }

    @Test
    void the_data_of_a_user_of_another_table_can_be_deleted_alone() {
        stores.users().add(UserRecord.of("1", "ann"), "");
        Postern postern = builder(stores).authenticators(basic()).build();
        postern.tokens().issue("1", "laptop");

        postern.deleteUserData("1");

        assertThat(postern.tokens().list("1", Paging.first(1))).isEmpty();
        assertThat(stores.users().findById("1")).isPresent();
    }

    private <S> S store(Class<S> type) {
        return stores.find(type).orElseThrow();
    }

    private List<Integer> rows(Postern postern, String userId, Instant now) {
        return List.of(
                postern.tokens().list(userId, Paging.first(9)).size(),
                postern.sessions()
                        .stored()
                        .orElseThrow()
                        .list(userId, Paging.first(9))
                        .size(),
                store(TokenFamilyStore.class).list(userId, now, Paging.first(9)).size(),
                store(OneTimeStore.class).find(secret(userId, now).digest(), "reset", now).stream()
                        .toList()
                        .size());
    }

    private static OneTimeSecret secret(String userId, Instant now) {
        return new OneTimeSecret(
                OneTimeSecret.digestOf("secret" + userId), "reset", userId, "", "", now.plusSeconds(60), 1);
    }

    private static StoredSession storedSession(String userId, Instant now) {
        return new StoredSession("s" + userId, userId, "", Device.unknown(), now, now, now.plusSeconds(600));
    }

    private static KeyRing keys() {
        return KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32]));
    }

    private static PosternBuilder builder(Stores stores) {
        return Postern.builder().stores(stores).permissions(allowAny());
    }

    private static PosternBuilder counting(Stores stores, Consumer<Components> use) {
        return builder(stores)
                .with((components, registry) -> use.accept(components))
                .authenticators(basic());
    }

    private static Collection<String> paths(PosternBuilder builder) {
        return builder.build().endpoints().paths();
    }

    private static void assertMissing(PosternBuilder builder, String store, String call) {
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContaining(store)
                .withMessageContaining(call)
                .withMessageContaining(".stores(");
    }
}
