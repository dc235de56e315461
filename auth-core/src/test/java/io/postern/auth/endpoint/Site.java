package io.postern.auth.endpoint;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.testing.Events;
import io.postern.auth.testing.FakeRequest;
import io.postern.auth.testing.Users;
import io.postern.auth.token.InMemoryTokenStore;
import io.postern.auth.user.InMemoryUserStore;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A site with every endpoint, as an application builds it. */
final class Site {

    final InMemoryUserStore users = Users.store();
    final Events events = new Events();
    final Postern postern = builder(this).build();

    static PosternBuilder builder(Site site) {
        return Postern.builder()
                .users(site.users)
                .passwords(login -> login.hasher(Users.HASHER))
                .tokens(new InMemoryTokenStore())
                .jwt(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])))
                .listeners(site.events)
                .authenticators(basic())
                .permission(isAuthenticated());
    }

    EndpointResponse json(String path, String body) {
        return ask(FakeRequest.post().header("Content-Type", "application/json"), path, body);
    }

    EndpointResponse logIn(String path, String username, String password) {
        return json(path, "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}");
    }

    EndpointResponse ask(FakeRequest request, String path, String body) {
        return postern.endpoints().handle(new EndpointRequest(request, path, body.getBytes(StandardCharsets.UTF_8)));
    }

    static String text(EndpointResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static List<String> header(EndpointResponse response, String name) {
        return response.headers().getOrDefault(name, List.of());
    }
}
