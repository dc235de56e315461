package io.postern.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.postern.Postern;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmbeddedServerTest extends AdapterContract {

    private HttpServer server;

    @Override
    int start(Postern postern, Function<Authentication, AuthResponse> guarded) throws IOException {
        server = EmbeddedServer.start(0, new GuardedHandler(postern.guard(), guarded));
        return server.getAddress().getPort();
    }

    @Override
    void stop() {
        server.stop(0);
        ((ExecutorService) server.getExecutor()).shutdown();
    }

    @Test
    void any_other_exception_of_a_handler_is_500_with_an_id() throws Exception {
        handle(who -> {
            throw new IllegalStateException("an internal detail");
        });

        HttpResponse<String> response = send(asAnn("/"));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).matches("\\{\"detail\":\"A server error occurred.\",\"id\":\"[0-9a-f-]{36}\"}");
    }

    /** Neither blank lines nor comments nor imports. */
    @Test
    void takes_less_than_100_lines_of_code() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            long lines = sources.filter(Files::isRegularFile)
                    .flatMap(EmbeddedServerTest::lines)
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.matches("(/?\\*|import |package ).*"))
                    .count();
            assertThat(lines).isPositive().isLessThan(100);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
