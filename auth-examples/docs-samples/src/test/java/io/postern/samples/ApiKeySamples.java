package io.postern.samples;

import static io.postern.StandardAuthenticators.apiKey;
import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.User;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.util.Map;

/** The samples of {@code write-an-authenticator.md}. */
final class ApiKeySamples {

    private ApiKeySamples() {}

    static Postern configured(String key) {
        // sample: api-key-use
        User robot = UserRecord.of("7", "robot");
        ApiKeyAuthenticator apiKeys =
                new ApiKeyAuthenticator(Map.of(TokenValue.of(key).digest(), robot));
        Postern postern = Postern.builder()
                .authenticators(apiKeys)
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static Postern ready(UserStore users, TokenStore tokens) {
        // sample: api-key-ready
        Postern postern = Postern.builder()
                .users(users)
                .tokens(tokens)
                .authenticators(apiKey("X-Api-Key"), basic())
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static String issue(Postern postern) {
        // sample: api-key-issue
        String key = postern.tokens().issue("7", "robot").value().reveal();
        // end
        return key;
    }

    static PosternBuilder withGuests(PosternBuilder builder) {
        // sample: extension-use
        builder.with(new Guests());
        // end
        return builder;
    }
}
