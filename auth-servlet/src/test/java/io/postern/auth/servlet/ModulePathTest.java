package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import io.postern.Postern;
import jakarta.annotation.PostConstruct;
import java.io.File;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** A named module of a user, compiled and run with each module that has the servlet API. */
class ModulePathTest {

    private static final List<String> READS =
            List.of("--add-reads", "io.postern.auth.servlet=org.apache.tomcat.embed.core");

    @TempDir
    private Path folder;

    @Test
    void runs_on_embedded_tomcat_which_has_the_servlet_api_in_its_own_module() throws Exception {
        String path = path(Postern.class, AuthFilter.class, Tomcat.class);

        assertThat(compiled(path, "org.apache.tomcat.embed.core", EMBEDDED, READS))
                .isEmpty();
        assertThat(run(path, READS)).contains("anonymous 401", "ann 200 hello ann");
    }

    @Test
    void runs_with_the_module_of_the_servlet_api() throws Exception {
        String path = path(Postern.class, AuthFilter.class) + File.pathSeparator + servletApi();

        assertThat(compiled(path, "jakarta.servlet", FILTER_ONLY, List.of())).isEmpty();
        assertThat(run(path, List.of())).contains("filter of io.postern.auth.servlet");
    }

    private static final String SETUP = """
            package m;

            import static io.postern.StandardAuthenticators.basic;
            import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

            import io.postern.Postern;
            import io.postern.auth.password.Password;
            import io.postern.auth.password.PasswordHasher;
            import io.postern.auth.servlet.AuthFilter;
            import io.postern.auth.user.InMemoryUserStore;
            import io.postern.auth.user.UserRecord;
            import jakarta.servlet.Filter;
            import jakarta.servlet.http.HttpServlet;
            import jakarta.servlet.http.HttpServletRequest;
            import jakarta.servlet.http.HttpServletResponse;

            public final class Main {

                static Postern postern() {
                    InMemoryUserStore users = new InMemoryUserStore();
                    users.add(UserRecord.of("1", "ann"), PasswordHasher.pbkdf2(1_000).hash(Password.of("x")));
                    return Postern.builder().users(users).authenticators(basic()).permissions(isAuthenticated()).build();
                }
            """;

    private static final String FILTER_ONLY = SETUP + """
                public static void main(String[] args) {
                    Filter filter = new AuthFilter(postern());
                    System.out.println("filter of " + filter.getClass().getModule().getName());
                }
            }
            """;

    private static final String EMBEDDED = SETUP + """
                public static void main(String[] args) throws Exception {
                    var tomcat = new org.apache.catalina.startup.Tomcat();
                    tomcat.setBaseDir(args[0]);
                    tomcat.setPort(0);
                    tomcat.addContext("", args[0]).addServletContainerInitializer((classes, context) -> {
                        AuthFilter.register(context, postern());
                        context.addServlet("hello", new Hello()).addMapping("/");
                    }, java.util.Set.of());
                    tomcat.start();
                    System.out.println("anonymous " + get(tomcat, ""));
                    System.out.println("ann " + get(tomcat, "Basic YW5uOng="));
                    tomcat.stop();
                }

                static String get(org.apache.catalina.startup.Tomcat tomcat, String header) throws Exception {
                    var url = new java.net.URL("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
                    var connection = (java.net.HttpURLConnection) url.openConnection();
                    connection.setRequestProperty("Authorization", header);
                    int status = connection.getResponseCode();
                    return status == 200 ? "200 " + new String(connection.getInputStream().readAllBytes()) : "" + status;
                }

                static final class Hello extends HttpServlet {
                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response)
                            throws java.io.IOException {
                        response.getWriter().print("hello " + AuthFilter.authentication(request).user().username());
                    }
                }
            }
            """;

    /** Returns the compiler's complaints. */
    private String compiled(String path, String container, String main, List<String> options) throws Exception {
        Path info = Files.writeString(
                folder.resolve("module-info.java"),
                "module m { requires io.postern.auth.servlet; requires " + container + "; }");
        Path source = Files.writeString(folder.resolve("Main.java"), main);
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-p", path, "-d", folder.resolve("out").toString()));
        StringWriter complaints = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            compiler.getTask(complaints, files, null, arguments, null, files.getJavaFileObjects(info, source))
                    .call();
        }
        return complaints
                .toString()
                .lines()
                .filter(line -> line.contains("error"))
                .collect(Collectors.joining("\n"));
    }

    private String run(String path, List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-p", path + File.pathSeparator + folder.resolve("out"), "-m", "m/m.Main"));
        command.add(folder.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static String path(Class<?>... types) {
        return Stream.concat(Stream.of(types), Stream.of(JWSObject.class, Logger.class, PostConstruct.class))
                .map(ModulePathTest::location)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By its name, because two jars of the class path have its classes. */
    private static String servletApi() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(entry -> entry.contains("jakarta.servlet-api"))
                .findFirst()
                .orElseThrow();
    }
}
