package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.AuthResult;
import io.postern.auth.User;
import io.postern.auth.testkit.FakeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** drf-contract SJA-15. */
class TokenUserTest {

    @Test
    void it_has_the_claims_of_the_token() {
        User user = user("\"user_id\":7,\"username\":\"ann\",\"is_staff\":true,\"is_superuser\":true");

        assertThat(user.id()).isEqualTo("7");
        assertThat(user.username()).isEqualTo("ann");
        assertThat(user.getName()).isEqualTo("ann");
        assertThat(user.isStaff()).isTrue();
        assertThat(user.isSuperuser()).isTrue();
        assertThat(user.isActive()).isTrue();
        assertThat(user.isAuthenticated()).isTrue();
        assertThat(user).hasToString("TokenUser 7");
    }

    @Test
    void what_the_token_does_not_say_is_empty_or_false() {
        User user = user("\"user_id\":\"7\"");

        assertThat(user.username()).isEmpty();
        assertThat(user.isStaff()).isFalse();
        assertThat(user.isSuperuser()).isFalse();
        assertThat(user.permissions()).isEmpty();
        assertThat(user.roles()).isEmpty();
    }

    @Test
    void a_principal_without_a_username_is_named_by_the_id() {
        assertThat(user("\"user_id\":\"7\"").getName()).isEqualTo("7");
        assertThat(user("\"user_id\":8,\"username\":\"\"").getName()).isEqualTo("8");
        assertThat(user("\"user_id\":9,\"username\":[\"ann\"]").getName()).isEqualTo("9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"true\"", "null", "[true]", "{\"a\":true}"})
    void only_true_is_true(String value) {
        User user = user("\"user_id\":\"7\",\"is_staff\":" + value + ",\"is_superuser\":" + value);

        assertThat(user.isStaff()).isFalse();
        assertThat(user.isSuperuser()).isFalse();
    }

    @Test
    void it_holds_no_permission_even_as_a_superuser() {
        User user = user("\"user_id\":\"7\",\"is_superuser\":true,\"permissions\":[\"a\"],\"roles\":[\"a\"]");

        assertThat(user.hasPermission("a")).isFalse();
        assertThat(user.hasPermission("a", "object")).isFalse();
        assertThat(user.roles()).isEmpty();
    }

    @Test
    void users_are_equal_by_id() {
        assertThat(user("\"user_id\":7,\"x\":1"))
                .isEqualTo(user("\"user_id\":\"7\""))
                .hasSameHashCodeAs(user("\"user_id\":\"7\""))
                .isNotEqualTo(user("\"user_id\":\"8\""))
                .isNotEqualTo("7");
    }

    @Test
    void the_claim_that_names_the_user_is_there_as_it_stands() {
        assertThat(((TokenUser) user("\"user_id\":7")).idClaim()).contains(7L);
        assertThat(((TokenUser) user("\"user_id\":\"7\"")).idClaim()).contains("7");
        assertThat(((TokenUser) user("\"user_id\":null")).idClaim()).isEmpty();
    }

    @Test
    void the_token_is_there_for_other_claims() {
        TokenUser user = (TokenUser) user("\"user_id\":\"7\",\"tenant\":\"acme\"");

        assertThat(user.jwt().text("tenant")).contains("acme");
    }

    private static User user(String members) {
        String token = Jwts.token(Jwts.CLAIMS.replace("\"user_id\":\"1\"", members));
        AuthResult result = JwtAuthenticator.stateless(Jwts.drf(), Jwts.CLOCK)
                .authenticate(FakeRequest.get().authorization("Bearer " + token));
        return ((AuthResult.Authenticated) result).user();
    }
}
