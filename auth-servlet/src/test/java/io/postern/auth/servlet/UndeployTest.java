package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import io.postern.Postern;
import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.JarResourceSet;
import org.apache.catalina.webresources.StandardRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application is deployed and undeployed many times in one Tomcat, each time with class loaders of its own. */
class UndeployTest {

    private static final int DEPLOYMENTS = 50;
    private static final int COLLECTIONS = 100;
    private static final String BASIC = "Authorization: Basic YW5uOng=";
    private static final Pattern ACCESS = Pattern.compile("\"access\":\"([^\"]+)\"");

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void nothing_of_an_application_remains_after_it_was_undeployed() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (TomcatServer server = (TomcatServer) TomcatServer.start()) {
            for (int i = 0; i < DEPLOYMENTS; i++) {
                loaders.add(deployAndUndeploy(server));
            }
            // Tomcat itself keeps the last application that it has served.
            assertThat(remaining(loaders.subList(0, DEPLOYMENTS - 1))).isZero();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("postern"));
    }

    private WeakReference<ClassLoader> deployAndUndeploy(TomcatServer server) throws Exception {
        StandardContext context = new StandardContext();
        context.setName("/app");
        context.setPath("/app");
        context.setDocBase(folder.toString());
        context.setResources(resources(context));
        context.setParentClassLoader(UndeployTest.class.getClassLoader());
        context.addLifecycleListener(new Tomcat.FixContextListener());
        context.addApplicationListener(UndeployedApplication.class.getName());
        server.tomcat().getHost().addChild(context);
        ClassLoader loader = context.getLoader().getClassLoader();
        assertThat(loader.loadClass(Postern.class.getName())).isNotSameAs(Postern.class);
        use(new RawHttp(server.port()));
        server.tomcat().getHost().removeChild(context);
        return new WeakReference<>(loader);
    }

    private static void use(RawHttp http) {
        assertThat(http.get("/app/api/me").status()).isEqualTo(401);
        assertThat(http.get("/app/api/me", BASIC).body()).contains("principal=ann");
        List<String> cookies = SpringSessionContract.login(http, "/app/auth/session/login/", "ann");
        assertThat(http.get("/app/api/me", "Cookie: " + String.join("; ", cookies))
                        .body())
                .contains("principal=ann");
        Matcher access = ACCESS.matcher(http.post(
                        "/app/auth/jwt/create/",
                        "{\"username\":\"ann\",\"password\":\"x\"}",
                        "Content-Type: application/json")
                .body());
        assertThat(access.find()).isTrue();
        assertThat(http.get("/app/api/me", "Authorization: Bearer " + access.group(1))
                        .body())
                .contains("principal=ann");
    }

    private static WebResourceRoot resources(Context context) throws Exception {
        StandardRoot root = new StandardRoot(context);
        for (Class<?> type : List.of(Postern.class, AuthFilter.class, UndeployedApplication.class, JWSObject.class)) {
            File location = Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toFile();
            if (location.isDirectory()) {
                root.addPreResources(new DirResourceSet(root, "/WEB-INF/classes", location.getPath(), "/"));
            } else {
                root.addPreResources(new JarResourceSet(root, "/WEB-INF/classes", location.getPath(), "/"));
            }
        }
        return root;
    }

    private static long remaining(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
        long remaining = loaders.size();
        for (int i = 0; i < COLLECTIONS && remaining > 0; i++) {
            System.gc();
            Thread.sleep(100);
            remaining = loaders.stream().filter(loader -> loader.get() != null).count();
        }
        return remaining;
    }
}
