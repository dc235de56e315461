package io.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The flags of {@code /perm/table/} are in the query, as DRF's {@code query_params} are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryFlagTest {

    private ConformanceServer server;

    @BeforeAll
    void start() throws Exception {
        server = ConformanceServer.start(0, "default", "memory", "");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_flag_in_the_query_grants() throws Exception {
        assertThat(post("/perm/table/a/?a=1", "a=0")).isEqualTo(200);
        assertThat(post("/perm/table-object/a/?a=1&oa=0", "oa=1")).isEqualTo(403);
    }

    @Test
    void a_flag_in_a_form_does_not_grant() throws Exception {
        assertThat(post("/perm/table/a/", "a=1")).isEqualTo(403);
        assertThat(post("/perm/table/a/?a=0", "a=1")).isEqualTo(403);
    }

    /** A client of its own: Jetty closes the connection of a request that it refuses before the body has arrived. */
    private int post(String path, String form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
