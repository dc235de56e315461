package io.postern.examples.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.StandardRoot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainWarTest {

    private static final String ANN = "ann:looking-glass";

    @TempDir
    static Path base;

    private static Tomcat tomcat;

    /** Deploys what the war holds: the folder of the web application and the compiled classes. */
    @BeforeAll
    static void start() throws LifecycleException {
        tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setSilent(true);
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addWebapp("/app", absolute("src/main/webapp"));
        // Tomcat's own web.xml has it; without any servlet for a path, filters are not asked.
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
        context.addServletMapping("/", "default");
        context.getJarScanner().setJarScanFilter((type, jar) -> false);
        StandardRoot resources = new StandardRoot(context);
        resources.addPreResources(new DirResourceSet(resources, "/WEB-INF/classes", absolute("target/classes"), "/"));
        context.setResources(resources);
        tomcat.start();
        assertThat(context.getState()).isEqualTo(LifecycleState.STARTED);
    }

    @AfterAll
    static void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hello", "/staff", "/audit", "/nothing"})
    void refuses_nobody_with_a_challenge(String path) throws Exception {
        HttpResponse<String> answer = send(client(), request(path));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"api\"");
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "ann:looking-glass, 200, 403, 403",
        "sue:ruby-slippers, 200, 200, 403",
        "tom:white-fence,   200, 403, 200",
        "ann:wrong,         401, 401, 401"
    })
    void grants_by_path_by_permission_and_by_role(String pair, int hello, int staff, int audit) throws Exception {
        assertThat(status("/hello", pair)).isEqualTo(hello);
        assertThat(status("/staff", pair)).isEqualTo(staff);
        assertThat(status("/audit", pair)).isEqualTo(audit);
    }

    @Test
    void tells_servlets_who_calls() throws Exception {
        assertThat(get("/hello", ANN).body()).isEqualTo("hello ann, known by basic");
        assertThat(get("/audit", "tom:white-fence").body()).isEqualTo("an auditor: true");
    }

    @Test
    void keeps_a_session_after_login() throws Exception {
        HttpClient browser = client();
        HttpResponse<String> login = send(
                browser,
                request("/auth/session/login/")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"username\":\"ann\",\"password\":\"looking-glass\"}")));

        assertThat(login.statusCode()).isEqualTo(200);
        assertThat(login.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("sessionid=") && cookie.contains("HttpOnly"));
        assertThat(send(browser, request("/hello")).body()).isEqualTo("hello ann, known by session");
    }

    private static int status(String path, String pair) throws Exception {
        return get(path, pair).statusCode();
    }

    private static HttpResponse<String> get(String path, String pair) throws Exception {
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return send(client(), request(path).header("Authorization", "Basic " + basic));
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    }

    private static HttpRequest.Builder request(String path) {
        int port = tomcat.getConnector().getLocalPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/app" + path));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().toString();
    }
}
