package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.Paging;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A foreign schema passes the part of the contract that applies to it, and gives logins the tokens it has. */
class DjangoTokensTest implements TokenStoreContract {

    private static final String KEY = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";

    private final DjangoTokens store = new DjangoTokens();
    private final ApiTokens tokens = ApiTokens.builder(store)
            .format(TokenValue.Format.drf())
            .repeatable(new byte[32])
            .listener(event -> {})
            .build();

    @Override
    public TokenStore tokenStore() {
        return store;
    }

    @Override
    public StoredToken stored(TokenValue value, StoredToken added) {
        return DjangoTokens.stored(value, added);
    }

    @Override
    public boolean severalPerUser() {
        return false;
    }

    @Test
    void a_login_returns_the_key_that_django_has_created() {
        store.insert(KEY, "1", Instant.parse("2020-01-01T00:00:00Z"));

        ApiTokens.Issued token = tokens.getOrIssue("1");

        assertThat(token.value()).isEqualTo(TokenValue.of(KEY));
        assertThat(tokens.find(KEY)).contains(token.record());
    }

    @Test
    void a_first_login_creates_a_key_that_django_accepts_and_later_logins_return_it() {
        ApiTokens.Issued token = tokens.getOrIssue("1");

        assertThat(token.value().reveal()).matches("[0-9a-f]{40}");
        assertThat(store.find(token.value()).orElseThrow().userId()).isEqualTo("1");
        assertThat(tokens.getOrIssue("1").value()).isEqualTo(token.value());
        assertThat(tokens.list("1", Paging.first(10))).hasSize(1);
    }
}
