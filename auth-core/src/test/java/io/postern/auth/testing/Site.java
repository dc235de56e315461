package io.postern.auth.testing;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.AuthResponse;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.user.InMemoryUserStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** A site with endpoints, as an application builds it. */
public final class Site {

    public final InMemoryUserStore users = Users.store();
    public final Events events = new Events();
    public final Postern postern;

    public Site() {
        this(builder -> builder);
    }

    public Site(UnaryOperator<PosternBuilder> change) {
        postern = change.apply(builder()).build();
    }

    /** Another application with the same users and listener. */
    public PosternBuilder builder() {
        return Postern.builder()
                .users(users)
                .passwords(login -> login.hasher(Users.HASHER))
                .tokens(new InMemoryStores().tokens())
                .listeners(events)
                .authenticators(basic())
                .permissions(isAuthenticated());
    }

    public AuthResponse json(String path, String body) {
        return ask(FakeRequest.post().header("Content-Type", "application/json"), path, body);
    }

    public AuthResponse logIn(String path, String username, String password) {
        return json(path, "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}");
    }

    public AuthResponse ask(FakeRequest request, String path, String body) {
        return postern.guard().endpoint(request, path, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    public static String text(AuthResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public static List<String> header(AuthResponse response, String name) {
        return response.headers().getOrDefault(name, List.of());
    }
}
