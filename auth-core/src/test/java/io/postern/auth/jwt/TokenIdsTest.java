package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenIdsTest {

    private final TokenIds ids = new TokenIds();

    @Test
    void tokens_of_one_family_share_its_id_and_differ_otherwise() {
        String family = ids.newFamily();
        Stream<String> tokens = IntStream.range(0, 1_000).mapToObj(i -> ids.newToken(family));

        assertThat(family).matches("[0-9a-f]{16}");
        assertThat(tokens).doesNotHaveDuplicates().allSatisfy(id -> {
            assertThat(id).matches("[0-9a-f]{32}").startsWith(family);
            assertThat(TokenIds.familyOf(id)).isEqualTo(family);
        });
    }

    /** The first half of such an id is a time, a number's zeros or the name of a machine. */
    @Test
    void foreign_ids_that_begin_alike_are_families_of_their_own() {
        Stream<String> numbers = IntStream.range(0, 5_000).mapToObj(i -> String.format("%032x", i));
        Stream<String> times = IntStream.range(0, 5_000).mapToObj(i -> String.format("0192f5a7c3e87123%016x", i * 31L));

        assertThat(Stream.concat(numbers, times).map(TokenIds::familyOf))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{16}"));
    }

    @Test
    void an_id_of_ours_that_was_changed_is_foreign() {
        String id = ids.newToken(ids.newFamily());
        for (int at = 0; at < id.length(); at++) {
            char other = id.charAt(at) == '0' ? '1' : '0';
            String changed = id.substring(0, at) + other + id.substring(at + 1);

            assertThat(TokenIds.familyOf(changed)).isNotEqualTo(changed.substring(0, 16));
        }
        assertThat(TokenIds.familyOf(id.toUpperCase(java.util.Locale.ROOT))).isNotEqualTo(id.substring(0, 16));
    }
}
