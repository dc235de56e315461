package io.postern.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class JsonClientTest {

    @Test
    void credentials_of_the_application_are_not_sent_to_a_key_server_that_asks_for_them() throws IOException {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"keys\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        Authenticator before = Authenticator.getDefault();
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("application", "secret".toCharArray());
            }
        });
        try (JsonClient client = new JsonClient(KeyFetching.defaults())) {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");

            assertThatIOException().isThrownBy(() -> client.get(uri));
            assertThat(received).containsExactly("null");
        } finally {
            Authenticator.setDefault(before);
            server.stop(0);
        }
    }
}
