package io.postern.benchmarks.http;

import com.nimbusds.jose.JWSAlgorithm;
import io.postern.benchmarks.contender.Contender;
import io.postern.benchmarks.contender.HandContender;
import io.postern.benchmarks.contender.Jwts;
import io.postern.benchmarks.contender.Pac4jContender;
import io.postern.benchmarks.contender.PosternContender;
import io.postern.benchmarks.contender.SaTokenContender;
import io.postern.benchmarks.contender.SpringContender;
import io.postern.benchmarks.stub.Credential;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A JVM with Jetty and one contender. It prints its port and credentials to send, and ends when its input does. */
public final class HttpServer {

    /** Without a filter: the floor. */
    static final String NO_AUTHENTICATION = "no authentication";

    private static final int CREDENTIALS = 16;
    private static final int THREADS = 12;

    private HttpServer() {}

    /** Returns the names of the servers, the floor first. */
    static List<String> names() {
        return List.of(
                NO_AUTHENTICATION,
                "jwt-hs256: hand",
                "jwt-hs256: handcache",
                "jwt-hs256: postern",
                "jwt-hs256: postern again",
                "opaque: postern",
                "opaque: satoken",
                "jwt-hs256: pac4j",
                "jwt-hs256: spring");
    }

    /**
     * Serves until the input ends.
     *
     * @param arguments the name
     */
    public static void main(String[] arguments) throws Exception {
        Contender contender = contender(arguments[0]);
        Server server = new Server(new QueuedThreadPool(THREADS));
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        if (contender.refused() != null) {
            context.addFilter(new FilterHolder(contender.filter()), "/*", EnumSet.of(DispatcherType.REQUEST));
        }
        context.addServlet(new ServletHolder("api", new Things(contender)), "/*");
        server.setHandler(context);
        server.start();
        System.out.println(connector.getLocalPort());
        System.out.println(contender.good().stream()
                .limit(CREDENTIALS)
                .map(Credential::authorization)
                .collect(Collectors.joining("|")));
        System.out.flush();
        while (System.in.read() >= 0) {
            // Waits for the parent's end.
        }
        System.exit(0);
    }

    private static Contender contender(String name) {
        if (name.equals(NO_AUTHENTICATION)) {
            return HandContender.stub();
        }
        if (name.equals("opaque: postern")) {
            return PosternContender.opaque();
        }
        if (name.equals("opaque: satoken")) {
            return SaTokenContender.opaque();
        }
        Jwts jwts = Jwts.of(JWSAlgorithm.HS256);
        return switch (name) {
            case "jwt-hs256: hand" -> HandContender.jwt(jwts);
            case "jwt-hs256: handcache" -> HandContender.jwtCached(jwts);
            case "jwt-hs256: postern" -> PosternContender.jwtWithoutCache(jwts);
            case "jwt-hs256: postern again" -> PosternContender.jwtAgain(jwts);
            case "jwt-hs256: pac4j" -> Pac4jContender.jwt(jwts);
            case "jwt-hs256: spring" -> SpringContender.jwt(jwts);
            default -> throw new IllegalArgumentException("unknown server " + name);
        };
    }

    private static final class Things extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient Contender contender;

        Things(Contender contender) {
            this.contender = contender;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String user = contender.user().apply(request);
            if (user == null || !user.startsWith("ann")) {
                throw new IllegalStateException("no user");
            }
            byte[] body = "{\"things\":[]}".getBytes(StandardCharsets.US_ASCII);
            response.setContentType("application/json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
