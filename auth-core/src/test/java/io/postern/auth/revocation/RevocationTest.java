package io.postern.auth.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.revocation.Revocation.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RevocationTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final AccessToken TOKEN = new AccessToken("f", "t", "u", NOON);

    @Test
    void hits_by_its_own_kind_of_key_alone() {
        assertThat(entry(Kind.FAMILY, "f").hits(TOKEN)).isTrue();
        assertThat(entry(Kind.FAMILY, "t").hits(TOKEN)).isFalse();
        assertThat(entry(Kind.TOKEN, "t").hits(TOKEN)).isTrue();
        assertThat(entry(Kind.TOKEN, "u").hits(TOKEN)).isFalse();
        assertThat(entry(Kind.USER, "u").hits(TOKEN)).isTrue();
        assertThat(entry(Kind.USER, "f").hits(TOKEN)).isFalse();
    }

    @Test
    void hits_families_and_tokens_issued_after_it() {
        AccessToken later = new AccessToken("f", "t", "u", NOON.plusSeconds(100));

        assertThat(entry(Kind.FAMILY, "f").hits(later)).isTrue();
        assertThat(entry(Kind.TOKEN, "t").hits(later)).isTrue();
        assertThat(entry(Kind.USER, "u").hits(later)).isFalse();
    }

    @Test
    void hits_tokens_of_a_user_up_to_the_second_before() {
        Revocation revocation = new Revocation(Kind.USER, "u", NOON.plusMillis(999), NOON.plusSeconds(300));

        assertThat(revocation.hits(TOKEN)).isFalse();
        assertThat(revocation.hits(new AccessToken("", "", "u", NOON.minusSeconds(1))))
                .isTrue();
        assertThat(revocation.hits(new AccessToken("", "", "u", Instant.EPOCH))).isTrue();
    }

    @Test
    void refuses_an_empty_key_because_it_would_hit_all_tokens_without_one() {
        for (Kind kind : Kind.values()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> entry(kind, ""))
                    .withMessageContaining(kind.name());
        }
    }

    private static Revocation entry(Kind kind, String key) {
        return new Revocation(kind, key, NOON.plusSeconds(5), NOON.plusSeconds(300));
    }
}
