package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.Postern;
import io.postern.auth.testkit.server.TestServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.CharacterEncodingFilter;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** What controllers of Spring MVC see of a form that was sent with a session, behind an encoding filter. */
interface SpringMvcContract {

    String BODY = "name=Ren%C3%A9e";

    TestServer.Starter starter();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void a_form_is_whole(boolean tokenInHeader) throws Exception {
        try (TestServer server = starter().start(new TestServer.Application(SpringMvcContract::application))) {
            Client client = Client.loggedIn(server, tokenInHeader);
            String field = tokenInHeader ? "" : "&csrfmiddlewaretoken=" + client.csrf();

            assertThat(client.form("/api/body", BODY + field)).isEqualTo(BODY + field);
            assertThat(client.form("/api/param", BODY + field)).isEqualTo("Renée");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void parts_are_whole(boolean tokenInHeader) throws Exception {
        try (TestServer server = starter().start(new TestServer.Application(SpringMvcContract::application))) {
            Client client = Client.loggedIn(server, tokenInHeader);
            String token = tokenInHeader
                    ? ""
                    : "--xyz\r\nContent-Disposition: form-data; name=\"csrfmiddlewaretoken\"\r\n\r\n" + client.csrf()
                            + "\r\n";
            String body = token + "--xyz\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nRenée\r\n"
                    + "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nécrit\r\n"
                    + "--xyz--\r\n";

            assertThat(client.post("/api/parts", body, "Content-Type: multipart/form-data; boundary=xyz"))
                    .isEqualTo("Renée a.txt 6");
        }
    }

    private static void application(ServletContext context) {
        Postern postern = SpringSessionContract.postern();
        AuthFilter.register(context, postern);
        FilterRegistration.Dynamic encoding = context.addFilter("encoding", new CharacterEncodingFilter("UTF-8", true));
        encoding.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        TestApplication.add(context, "/auth/*", new AuthEndpointsServlet(postern));
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.register(Settings.class, Notes.class);
        ServletRegistration.Dynamic mvc = context.addServlet("mvc", new DispatcherServlet(spring));
        mvc.setMultipartConfig(new MultipartConfigElement(""));
        mvc.setLoadOnStartup(1);
        mvc.addMapping("/api/*");
    }

    /** A logged-in browser. */
    record Client(RawHttp http, List<String> cookies, boolean tokenInHeader) {

        static Client loggedIn(TestServer server, boolean tokenInHeader) {
            RawHttp http = new RawHttp(server.port());
            return new Client(http, SpringSessionContract.login(http, "/auth/session/login/", "ann"), tokenInHeader);
        }

        String csrf() {
            return SpringSessionContract.csrf(cookies);
        }

        String form(String path, String body) {
            return post(path, body, "Content-Type: application/x-www-form-urlencoded");
        }

        String post(String path, String body, String type) {
            RawHttp.Reply reply = http.post(
                    path,
                    body,
                    type,
                    "Cookie: " + String.join("; ", cookies),
                    tokenInHeader ? "X-CSRFToken: " + csrf() : "X-Unrelated: x");
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            return new String(reply.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    /** Spring MVC with parts, which the servlet reads. */
    @Configuration
    @EnableWebMvc
    class Settings {

        @Bean
        StandardServletMultipartResolver multipartResolver() {
            return new StandardServletMultipartResolver();
        }
    }

    /** Returns what it has read. */
    @RestController
    class Notes {

        @PostMapping(value = "/body", produces = "text/plain;charset=UTF-8")
        String body(@RequestBody String body) {
            return body;
        }

        @PostMapping(value = "/param", produces = "text/plain;charset=UTF-8")
        String param(@RequestParam("name") String name) {
            return name;
        }

        @PostMapping(value = "/parts", produces = "text/plain;charset=UTF-8")
        String parts(@RequestParam("name") String name, @RequestParam("file") MultipartFile file) {
            return name + " " + file.getOriginalFilename() + " " + file.getSize();
        }
    }
}
