package io.postern.examples.embedded;

import static io.postern.StandardAuthenticators.basic;
import static io.postern.StandardAuthenticators.jwt;
import static io.postern.auth.AuthResponse.json;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import com.sun.net.httpserver.HttpServer;
import io.postern.Postern;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHashers;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;

/** Greets whoever is logged in; {@link Guard} stands before it, {@link ExchangeRequest} is the adapter. */
final class EmbeddedServer {

    private EmbeddedServer() {}

    public static void main(String[] args) throws IOException {
        System.out.println("curl -u ann:looking-glass http://127.0.0.1:"
                + start(8080).getAddress().getPort() + "/");
    }

    static HttpServer start(int port) throws IOException {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("1", "ann"), PasswordHashers.pbkdf2().hash(Password.of("looking-glass")));
        Postern postern = Postern.builder()
                .users(users)
                .jwt(KeyRing.of(JwtKey.generate(JwtAlgorithm.HS256)))
                .authenticators(basic(), jwt())
                .permissions(isAuthenticated())
                .build();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext(
                "/",
                new Guard(postern, who -> json(200, Map.of("hello", who.user().username()))));
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
        return server;
    }
}
