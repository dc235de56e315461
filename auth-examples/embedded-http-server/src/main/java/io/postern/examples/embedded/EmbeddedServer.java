package io.postern.examples.embedded;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import com.sun.net.httpserver.HttpServer;
import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.user.UserRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;

/** Greets the authenticated user; {@link GuardedHandler} and {@link ExchangeRequest} are the adapter. */
final class EmbeddedServer {

    private EmbeddedServer() {}

    public static void main(String[] args) throws IOException {
        InMemoryStores stores = new InMemoryStores();
        stores.users().add(UserRecord.of("1", "ann"), PasswordHasher.pbkdf2().hash(Password.of("looking-glass")));
        Postern postern = Postern.builder()
                .users(stores.users())
                .tokens(stores.tokens())
                .authenticators(basic(), token())
                .permissions(isAuthenticated())
                .build();
        start(
                8080,
                new GuardedHandler(
                        postern.guard(),
                        who -> AuthResponse.json(200, Map.of("hello", who.user().username()))));
        System.out.println("curl -u ann:looking-glass http://127.0.0.1:8080/");
    }

    static HttpServer start(int port, GuardedHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", handler);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
        return server;
    }
}
