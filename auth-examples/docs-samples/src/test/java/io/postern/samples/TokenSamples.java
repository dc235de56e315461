package io.postern.samples;

import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.Authentication;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The samples of {@code tokens.md}. */
final class TokenSamples {

    private TokenSamples() {}

    static Postern configured(UserStore users, TokenStore store) {
        // sample: tokens
        Postern postern = Postern.builder()
                .users(users)
                .tokens(
                        store,
                        tokens ->
                                tokens.format(TokenValue.Format.checked("acme")).expireAfter(Duration.ofDays(90)))
                .authenticators(token("Bearer"))
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static String issue(Postern postern, String userId) {
        // sample: issue
        ApiTokens.Issued issued = postern.tokens().issue(userId, "laptop");
        String shownOnce = issued.value().reveal();
        // end
        return shownOnce;
    }

    static List<StoredToken> revoke(Postern postern, String userId, String tokenId) {
        // sample: revoke
        List<StoredToken> owned = postern.tokens().list(userId, Paging.first(100));
        postern.tokens().revoke(userId, tokenId);
        postern.tokens().revokeAll(userId);
        // end
        return owned;
    }

    static Optional<StoredToken> credential(Authentication authentication) {
        // sample: credential
        Optional<StoredToken> token = authentication.credential(StoredToken.class);
        // end
        return token;
    }

    static PosternBuilder drf(PosternBuilder builder, TokenStore store, byte[] key) {
        // sample: drf-tokens
        builder.tokens(store, tokens -> tokens.format(TokenValue.Format.drf()).repeatable(key));
        // end
        return builder;
    }

    static PosternBuilder remembered(PosternBuilder builder, TokenStore store) {
        // sample: cache-lookups
        builder.tokens(store, tokens -> tokens.cacheLookups(Duration.ofSeconds(5)));
        // end
        return builder;
    }

    static void adopt(Postern postern, String userId, String key) {
        // sample: adopt
        postern.tokens().importExisting(userId, "", TokenValue.of(key));
        // end
    }

    static int deleteExpired(Postern postern) {
        // sample: purge
        int deleted = postern.deleteExpired();
        // end
        return deleted;
    }
}
