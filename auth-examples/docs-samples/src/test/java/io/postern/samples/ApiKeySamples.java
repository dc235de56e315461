package io.postern.samples;

import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.AuthenticatorFactory;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.User;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.UserRecord;
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

    static PosternBuilder withGuests(PosternBuilder builder) {
        // sample: extension-use
        AuthenticatorFactory guest =
                parts -> parts.service(Guests.class).orElseThrow().passes()::authenticate;
        builder.with(parts -> new Guests(new GuestPasses(parts.clock()))).authenticators(guest);
        // end
        return builder;
    }
}
