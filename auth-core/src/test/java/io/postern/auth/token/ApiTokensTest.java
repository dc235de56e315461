package io.postern.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.InMemoryStores;
import io.postern.auth.StoreException;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.testing.Events;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.Paging;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** drf-contract AT-4. */
class ApiTokensTest {

    private static final byte[] KEY = "repeatable-tokens-key-0123456789".getBytes(StandardCharsets.US_ASCII);
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final SettableClock clock = SettableClock.at(START);
    private final TokenStore store = new InMemoryStores().tokens();
    private final Events events = new Events();
    private final ApiTokens tokens = builder(store).build();

    @Test
    void an_issued_token_is_found_by_its_text() {
        ApiTokens.Issued issued = tokens.issue("1", "laptop");

        assertThat(tokens.find(issued.value().reveal())).contains(issued.record());
        assertThat(issued.record().userId()).isEqualTo("1");
        assertThat(issued.record().name()).isEqualTo("laptop");
        assertThat(issued.record().created()).isEqualTo(START);
        assertThat(issued.record().expires()).isEmpty();
        assertThat(issued.record().lastUsed()).isEmpty();
    }

    @Test
    void only_the_sha_256_of_the_text_is_stored() throws Exception {
        ApiTokens.Issued issued = tokens.issue("1", "");
        String text = issued.value().reveal();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));

        String digest = HexFormat.of().formatHex(hash);
        assertThat(issued.value().digest()).isEqualTo(digest);
        assertThat(issued.record().toString()).doesNotContain(text).doesNotContain(digest);
        assertThat(tokens.find(digest)).isEmpty();
        assertThat(tokens.find(issued.record().id())).isEmpty();
    }

    @Test
    void a_token_ends_at_the_instant_of_its_expiry() {
        ApiTokens shortLived =
                builder(store).expireAfter(Duration.ofSeconds(10)).build();
        String text = shortLived.issue("1", "").value().reveal();

        clock.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(shortLived.find(text)).isPresent();
        clock.advance(Duration.ofNanos(1));
        assertThat(shortLived.find(text)).isEmpty();
    }

    @Test
    void use_is_noted_at_most_once_a_minute() {
        ApiTokens.Issued issued = tokens.issue("1", "");
        String text = issued.value().reveal();

        clock.advance(Duration.ofSeconds(5));
        tokens.find(text);
        assertThat(lastUsed()).contains(START.plusSeconds(5));
        clock.advance(Duration.ofSeconds(60));
        tokens.find(text);
        assertThat(lastUsed()).contains(START.plusSeconds(5));
        clock.advance(Duration.ofSeconds(1));
        tokens.find(text);
        assertThat(lastUsed()).contains(START.plusSeconds(66));
    }

    @Test
    void an_expired_token_is_not_noted_as_used() {
        ApiTokens shortLived =
                builder(store).expireAfter(Duration.ofSeconds(10)).build();
        String text = shortLived.issue("1", "").value().reveal();
        clock.advance(Duration.ofHours(1));
        shortLived.find(text);

        assertThat(lastUsed()).isEmpty();
    }

    @Test
    void a_use_that_cannot_be_noted_is_let_in() {
        FailingStore failing = new FailingStore(store);
        ApiTokens unlucky = builder(failing).build();
        String text = unlucky.issue("1", "").value().reveal();
        failing.touchFails = true;

        assertThat(unlucky.find(text)).isPresent();
    }

    @Test
    void a_store_that_cannot_answer_is_not_a_missing_token() {
        FailingStore failing = new FailingStore(store);
        ApiTokens unlucky = builder(failing).build();
        ApiTokens.Issued issued = unlucky.issue("1", "");
        failing.allFails = true;

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> unlucky.find(issued.value().reveal()));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> unlucky.revoke("1", issued.record().id()));
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> unlucky.revokeAll("1"));
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> unlucky.issue("1", ""));
        assertThat(events.of(AuthEvent.TokenRevoked.class)).isEmpty();
        assertThat(events.of(AuthEvent.TokenIssued.class)).hasSize(1);
    }

    @Test
    void an_implausible_text_never_reaches_the_store() {
        FailingStore failing = new FailingStore(store);
        failing.allFails = true;

        assertThat(builder(failing).build().find("garbage")).isEmpty();
        assertThat(builder(failing).format(TokenValue.Format.drf()).build().find(""))
                .isEmpty();
    }

    @Test
    void a_revoked_token_is_refused_at_once_and_told() {
        ApiTokens.Issued issued = tokens.issue("1", "");

        assertThat(tokens.revoke("2", issued.record().id())).isFalse();
        assertThat(tokens.revoke("1", issued.record().id())).isTrue();
        assertThat(tokens.revoke("1", issued.record().id())).isFalse();
        assertThat(tokens.find(issued.value().reveal())).isEmpty();
        assertThat(events.of(AuthEvent.TokenRevoked.class))
                .containsExactly(new AuthEvent.TokenRevoked(
                        START, "token", issued.record().id(), "1"));
    }

    @Test
    void all_tokens_of_a_user_are_revoked_and_no_others() {
        String one = tokens.issue("1", "").value().reveal();
        String two = tokens.issue("1", "").value().reveal();
        String other = tokens.issue("2", "").value().reveal();

        assertThat(tokens.revokeAll("1")).isEqualTo(2);
        assertThat(tokens.revokeAll("1")).isZero();
        assertThat(tokens.find(one)).isEmpty();
        assertThat(tokens.find(two)).isEmpty();
        assertThat(tokens.find(other)).isPresent();
        assertThat(events.of(AuthEvent.TokenRevoked.class)).hasSize(1);
    }

    @Test
    void each_login_gets_a_token_of_its_own() {
        assertThat(tokens.getOrIssue("1").value())
                .isNotEqualTo(tokens.getOrIssue("1").value());
        assertThat(tokens.list("1", Paging.first(10))).hasSize(2);
    }

    @Test
    void repeatable_tokens_are_the_same_at_every_login_until_they_expire() {
        ApiTokens repeating = builder(store)
                .repeatable(KEY)
                .expireAfter(Duration.ofMinutes(1))
                .build();
        ApiTokens.Issued first = repeating.getOrIssue("1");

        assertThat(repeating.getOrIssue("1")).isEqualTo(first);
        assertThat(repeating.find(first.value().reveal())).contains(first.record());
        assertThat(repeating.getOrIssue("2").value()).isNotEqualTo(first.value());
        assertThat(events.of(AuthEvent.TokenIssued.class)).hasSize(2);
        clock.advance(Duration.ofSeconds(59));
        assertThat(repeating.getOrIssue("1").value()).isEqualTo(first.value());
        clock.advance(Duration.ofSeconds(1));
        ApiTokens.Issued next = repeating.getOrIssue("1");
        assertThat(next.value()).isNotEqualTo(first.value());
        assertThat(repeating.find(next.value().reveal())).isPresent();
        assertThat(repeating.getOrIssue("1").value()).isEqualTo(next.value());
    }

    @Test
    void repeatable_tokens_are_the_same_on_every_server_with_the_key() {
        ApiTokens.Issued first = builder(store).repeatable(KEY).build().getOrIssue("1");

        assertThat(builder(store).repeatable(KEY.clone()).build().getOrIssue("1"))
                .isEqualTo(first);
        clock.advance(Duration.ofDays(10_000));
        assertThat(builder(store).repeatable(KEY).build().getOrIssue("1").value())
                .isEqualTo(first.value());
    }

    @Test
    void a_login_after_a_revocation_gets_another_token_even_at_the_same_instant() {
        ApiTokens repeating = builder(store).repeatable(KEY).build();
        Set<String> values = new HashSet<>();

        for (int i = 0; i < 20; i++) {
            ApiTokens.Issued token = repeating.getOrIssue("1");
            assertThat(values.add(token.value().reveal())).isTrue();
            assertThat(repeating.revoke("1", token.record().id())).isTrue();
            assertThat(values).noneMatch(value -> repeating.find(value).isPresent());
        }
    }

    @Test
    void another_key_leaves_tokens_valid_and_issues_others() {
        String before =
                builder(store).repeatable(KEY).build().getOrIssue("1").value().reveal();
        byte[] otherKey = KEY.clone();
        otherKey[0]++;
        ApiTokens after = builder(store).repeatable(otherKey).build();

        assertThat(after.getOrIssue("1").value().reveal()).isNotEqualTo(before);
        assertThat(after.find(before)).isPresent();
    }

    @Test
    void another_format_issues_tokens_that_are_found() {
        ApiTokens before = builder(store).repeatable(KEY).build();
        before.getOrIssue("1");
        ApiTokens after =
                builder(store).format(TokenValue.Format.drf()).repeatable(KEY).build();

        ApiTokens.Issued issued = after.getOrIssue("1");

        assertThat(issued.value().reveal()).matches("[0-9a-f]{40}");
        assertThat(after.find(issued.value().reveal())).contains(issued.record());
        assertThat(after.getOrIssue("1").value()).isEqualTo(issued.value());
        assertThat(before.find(before.getOrIssue("1").value().reveal())).isPresent();
    }

    @Test
    void a_hundred_parallel_first_logins_get_one_token() throws Exception {
        ApiTokens repeating = builder(store).repeatable(KEY).build();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        Set<ApiTokens.Issued> issued = new HashSet<>();
        try {
            Callable<ApiTokens.Issued> login = () -> repeating.getOrIssue("1");
            for (Future<ApiTokens.Issued> answer : threads.invokeAll(Collections.nCopies(100, login))) {
                issued.add(answer.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(issued).hasSize(1);
        assertThat(repeating.list("1", Paging.first(10)))
                .containsExactly(issued.iterator().next().record());
    }

    @Test
    void a_repeatable_token_is_found_among_many_others() {
        ApiTokens repeating = builder(store).repeatable(KEY).build();
        for (int i = 0; i < 250; i++) {
            repeating.issue("1", "key" + i);
        }
        clock.advance(Duration.ofSeconds(2));

        assertThat(repeating.getOrIssue("1")).isEqualTo(repeating.getOrIssue("1"));
        assertThat(repeating.list("1", Paging.first(1_000))).hasSize(251);
    }

    @Test
    void an_imported_token_stays_valid_beside_the_one_of_logins() {
        ApiTokens repeating =
                builder(store).format(TokenValue.Format.drf()).repeatable(KEY).build();
        String old = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";
        repeating.importExisting("1", "", TokenValue.of(old));

        assertThat(repeating.getOrIssue("1").value().reveal())
                .matches("[0-9a-f]{40}")
                .isNotEqualTo(old);
        assertThat(repeating.find(old)).isPresent();
    }

    @Test
    void a_repeatable_key_must_be_long_enough() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(store).repeatable(new byte[31]))
                .withMessageContaining("repeatable needs a key of at least 32 random bytes");
    }

    @Test
    void a_store_that_neither_adds_nor_lists_a_token_is_an_error() {
        FailingStore odd = new FailingStore(store);
        odd.addsNothing = true;

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> builder(odd).repeatable(KEY).build().getOrIssue("1"));
    }

    @Test
    void a_token_of_old_is_adopted_once() {
        ApiTokens drf = builder(store).format(TokenValue.Format.drf()).build();
        TokenValue old = TokenValue.of("9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b");

        StoredToken adopted = drf.importExisting("1", "old", old);

        assertThat(drf.find(old.reveal())).contains(adopted);
        assertThatIllegalStateException().isThrownBy(() -> drf.importExisting("2", "twin", old));
        assertThat(drf.find(old.reveal()).orElseThrow().userId()).isEqualTo("1");
    }

    @Test
    void what_could_never_be_used_is_not_adopted() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> tokens.importExisting("1", "", TokenValue.of("9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b")))
                .withMessageContaining("choose TokenValue.Format.drf()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(store)
                        .format(TokenValue.Format.drf())
                        .build()
                        .importExisting("1", "", TokenValue.of("")));
    }

    @Test
    void purge_forgets_expired_tokens_in_batches() {
        ApiTokens shortLived =
                builder(store).expireAfter(Duration.ofSeconds(10)).build();
        for (int i = 0; i < 5; i++) {
            shortLived.issue("1", "");
        }
        tokens.issue("1", "for ever");
        assertThat(tokens.deleteExpired(100)).isZero();
        clock.advance(Duration.ofSeconds(10));

        assertThat(tokens.deleteExpired(3)).isEqualTo(3);
        assertThat(tokens.deleteExpired(3)).isEqualTo(2);
        assertThat(tokens.list("1", Paging.first(10)))
                .extracting(StoredToken::name)
                .containsExactly("for ever");
    }

    @Test
    void a_lifetime_must_be_positive() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ApiTokens.builder(store).expireAfter(wrong))
                    .withMessageContaining("must be positive");
        }
    }

    private Optional<Instant> lastUsed() {
        return tokens.list("1", Paging.first(10)).get(0).lastUsed();
    }

    private ApiTokens.Builder builder(TokenStore where) {
        return ApiTokens.builder(where).listener(events).clock(clock);
    }
}
