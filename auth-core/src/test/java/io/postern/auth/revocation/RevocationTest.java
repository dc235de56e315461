package io.postern.auth.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.revocation.Revocation.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RevocationTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Revocation.Subject TOKEN = new Revocation.Subject("f", "t", "u", NOON);

    @Test
    void matches_by_the_key_of_its_kind_only() {
        assertThat(entry(Kind.FAMILY, "f").matches(TOKEN)).isTrue();
        assertThat(entry(Kind.FAMILY, "t").matches(TOKEN)).isFalse();
        assertThat(entry(Kind.TOKEN, "t").matches(TOKEN)).isTrue();
        assertThat(entry(Kind.TOKEN, "u").matches(TOKEN)).isFalse();
        assertThat(entry(Kind.USER, "u").matches(TOKEN)).isTrue();
        assertThat(entry(Kind.USER, "f").matches(TOKEN)).isFalse();
    }

    @Test
    void matches_families_and_tokens_issued_after_it() {
        Revocation.Subject later = new Revocation.Subject("f", "t", "u", NOON.plusSeconds(100));

        assertThat(entry(Kind.FAMILY, "f").matches(later)).isTrue();
        assertThat(entry(Kind.TOKEN, "t").matches(later)).isTrue();
        assertThat(entry(Kind.USER, "u").matches(later)).isFalse();
    }

    @Test
    void matches_tokens_of_a_user_up_to_the_second_before() {
        Revocation revocation = new Revocation(Kind.USER, "u", NOON.plusMillis(999), NOON.plusSeconds(300));

        assertThat(revocation.matches(TOKEN)).isFalse();
        assertThat(revocation.matches(new Revocation.Subject("", "", "u", NOON.minusSeconds(1))))
                .isTrue();
        assertThat(revocation.matches(new Revocation.Subject("", "", "u", Instant.EPOCH)))
                .isTrue();
    }

    @Test
    void rejects_an_empty_key_because_it_would_match_all_tokens_without_one() {
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
