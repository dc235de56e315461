package io.postern.auth.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.auth.StoreException;
import io.postern.auth.memory.InMemoryRevocationStore;
import io.postern.auth.revocation.Revocation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RevocationsTest {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Time time = new Time();
    private final InMemoryRevocationStore memory = new InMemoryRevocationStore(time);
    private final ProbedStore store = new ProbedStore(memory);
    private final Revocations strict = node(Revocations.Builder::alwaysCheckStore);
    private final Revocations feed = node(builder -> builder);

    @Test
    void rejects_what_was_revoked_by_family_token_or_user_in_either_mode() {
        for (Revocations node : List.of(strict, feed)) {
            node.revokeFamilies(List.of("f1", "f2"));
            node.revokeToken("t1", Time.START.plusSeconds(60));
            node.revokeUser("u1");
            Instant before = Time.START.minusSeconds(1);

            assertThat(node.isRevoked(new Revocation.Subject("f2", "t", "u", Time.START)))
                    .isTrue();
            assertThat(node.isRevoked(new Revocation.Subject("f", "t1", "u", Time.START)))
                    .isTrue();
            assertThat(node.isRevoked(new Revocation.Subject("f", "t", "u1", before)))
                    .isTrue();
            assertThat(node.isRevoked(new Revocation.Subject("f", "t", "u1", Time.START)))
                    .isFalse();
            assertThat(node.isRevoked(new Revocation.Subject("f", "t", "u", before)))
                    .isFalse();
            assertThat(node.isRevoked(new Revocation.Subject("", "", "", Instant.EPOCH)))
                    .isFalse();
        }
    }

    @Test
    void a_revocation_is_stored_as_long_as_any_token_that_it_matches() {
        Revocations node = node(builder -> builder.alwaysCheckStore().maxRefreshLifetime(Duration.ofDays(1)));
        Instant end = Time.START.plus(LIFETIME);
        Instant tomorrow = Time.START.plus(Duration.ofDays(1));

        node.revokeFamilies(List.of("f1", "f2"));
        node.revokeAccessOf(List.of("f3"));
        node.revokeToken("t1", Time.START.plusSeconds(60));
        node.revokeToken("t2", tomorrow);
        node.revokeUser("u1");

        assertThat(memory.since(0, 10).entries())
                .containsExactly(
                        new Revocation(Kind.FAMILY, "f1", Time.START, tomorrow),
                        new Revocation(Kind.FAMILY, "f2", Time.START, tomorrow),
                        new Revocation(Kind.FAMILY, "f3", Time.START, end),
                        new Revocation(Kind.TOKEN, "t1", Time.START, end),
                        new Revocation(Kind.TOKEN, "t2", Time.START, tomorrow),
                        new Revocation(Kind.USER, "u1", Time.START, end));
        assertThat(node.maxAccessLifetime()).isEqualTo(LIFETIME);
        assertThat(node.maxRefreshLifetime()).hasDays(1);
    }

    @Test
    void families_are_stored_at_least_as_long_as_users() {
        assertThat(strict.maxRefreshLifetime()).isEqualTo(LIFETIME);
        assertThat(node(builder -> builder.maxRefreshLifetime(Duration.ofSeconds(1)))
                        .maxRefreshLifetime())
                .isEqualTo(LIFETIME);
    }

    @Test
    void queries_the_store_once_per_check_and_never_polls_when_strict() {
        for (int i = 0; i < 10; i++) {
            strict.isRevoked(new Revocation.Subject("f", "t", "u", Time.START));
            time.pass(Duration.ofSeconds(5));
        }

        assertThat(store.asked).hasValue(10);
        assertThat(store.polled).hasValue(0);
    }

    @Test
    void fails_while_the_store_fails_when_strict() {
        strict.isRevoked(new Revocation.Subject("f", "t", "u", Time.START));
        store.fails = true;

        assertThatThrownBy(() -> strict.isRevoked(new Revocation.Subject("f", "t", "u", Time.START)))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void throws_when_a_revocation_could_not_be_stored() {
        store.fails = true;

        assertThatThrownBy(() -> feed.revokeUser("u")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> feed.revokeToken("t", Time.START)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> feed.revokeFamilies(List.of("f"))).isInstanceOf(StoreException.class);
    }

    @Test
    void revoking_nothing_does_not_call_the_store() {
        store.fails = true;

        feed.revokeFamilies(List.of());

        assertThat(memory.since(0, 10).entries()).isEmpty();
    }

    @Test
    void revokes_none_of_several_families_if_one_is_empty() {
        assertThatIllegalArgumentException().isThrownBy(() -> feed.revokeFamilies(List.of("f1", "")));

        assertThat(memory.since(0, 10).entries()).isEmpty();
    }

    @Test
    void deletes_no_sooner_than_an_hour_after_the_last_token() {
        strict.revokeFamilies(List.of("f1", "f2", "f3"));

        time.pass(LIFETIME.plusHours(1));
        assertThat(strict.deleteExpired(10)).isZero();

        time.pass(Duration.ofMillis(1));
        assertThat(strict.deleteExpired(2)).isEqualTo(2);
        assertThat(strict.deleteExpired(2)).isEqualTo(1);
        assertThat(memory.since(0, 10).entries()).isEmpty();
    }

    @Test
    void requires_the_maximum_lifetime_of_tokens() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Revocations.builder(store).build())
                .withMessageContaining(".maxAccessLifetime(");
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Revocations.builder(store).maxAccessLifetime(wrong))
                    .withMessageContaining("maxAccessLifetime");
            refuses("maxRefreshLifetime", builder -> builder.maxRefreshLifetime(wrong));
        }
    }

    @Test
    void rejects_settings_that_cannot_work_and_names_them() {
        refuses("maxStaleness", builder -> builder.maxStaleness(Duration.ZERO));
        refuses("maxStaleness", builder -> builder.maxStaleness(Duration.ofMillis(-1)));
        refuses("maxOutage", builder -> builder.maxOutage(Duration.ofMillis(999)));
        refuses("maxOutage", builder -> builder.maxOutage(Duration.ofDays(1).plusNanos(1)));
        assertThat(node(builder -> builder.maxOutage(Duration.ofDays(1)))).isNotNull();
        refuses("maxEntries", builder -> builder.maxEntries(0));
    }

    private void refuses(String setting, UnaryOperator<Revocations.Builder> wrong) {
        assertThatIllegalArgumentException().isThrownBy(() -> node(wrong)).withMessageContaining(setting);
    }

    private Revocations node(UnaryOperator<Revocations.Builder> settings) {
        return settings.apply(Revocations.builder(store)
                        .maxAccessLifetime(LIFETIME)
                        .clock(time)
                        .ticker(time)
                        .poller(copy -> new PromptPoller(copy, Duration.ofMillis(500))))
                .build();
    }
}
