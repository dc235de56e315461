package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 on Jetty, which makes no {@code Host} header of {@code :authority}. */
class Http2Test {

    private final Server server = new Server();
    private final HttpConfiguration settings = new HttpConfiguration();
    private final ServerConnector connector = new ServerConnector(
            server, new HttpConnectionFactory(settings), new HTTP2CServerConnectionFactory(settings));

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new TellsHost(), "/host");
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void the_host_is_that_of_the_authority() throws Exception {
        String authority = "127.0.0.1:" + connector.getLocalPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + authority + "/host"))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

        client.send(request, HttpResponse.BodyHandlers.ofString()); // still HTTP/1.1, requests the upgrade
        HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(reply.body()).isEqualTo(authority);
    }

    private static final class TellsHost extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(new ServletAuthRequest(request).host().orElse("none"));
        }
    }
}
