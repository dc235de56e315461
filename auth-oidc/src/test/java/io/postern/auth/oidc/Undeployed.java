package io.postern.auth.oidc;

import io.postern.Postern;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.permission.StandardPermissions;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Deploys an application that uses an outside issuer, undeploys it, and fails unless its class loader is collected. Runs in a
 * JVM of its own: a thread that the first application starts is not started again by the second.
 */
public final class Undeployed {

    private static final int ROUNDS = 300;

    private Undeployed() {}

    public static void main(String[] arguments) throws Exception {
        try (KeyServer server = new KeyServer().on(Outside.KEYS, OutsideKey.set(Outside.RSA))) {
            WeakReference<ClassLoader> loader = deploy(server.origin());
            for (int i = 0; i < ROUNDS && loader.get() != null; i++) {
                System.gc();
                TimeUnit.MILLISECONDS.sleep(100);
            }
            if (server.matches(Outside.KEYS) != 1) {
                throw new AssertionError("the keys were not fetched");
            }
            if (loader.get() != null) {
                throw new AssertionError("the class loader is held, perhaps by one of "
                        + Thread.getAllStackTraces().keySet());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static WeakReference<ClassLoader> deploy(String origin) throws Exception {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        URL[] path = new URL[entries.length];
        for (int i = 0; i < path.length; i++) {
            path[i] = Path.of(entries[i]).toUri().toURL();
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> application = loader.loadClass(Application.class.getName());
            if (application == Application.class) {
                throw new AssertionError("the application has no class loader of its own");
            }
            ((Consumer<String>) application.getConstructor().newInstance()).accept(origin);
            return new WeakReference<>(loader);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Fetches keys, then closes everything. */
    public static final class Application implements Consumer<String> {

        @Override
        public void accept(String origin) {
            TrustedIssuer issuer = TrustedIssuer.ofJwkSetUri(Outside.ISSUER, URI.create(origin + Outside.KEYS))
                    .audience("api")
                    .algorithms(JwtAlgorithm.RS256)
                    .users(UserMapping.claims())
                    .allowInsecureHttp()
                    .build();
            OidcAuthenticator outside = OidcAuthenticator.of(Outside.clock(), issuer);
            try (Postern postern = Postern.builder()
                    .authenticators(outside)
                    .permissions(StandardPermissions.isAuthenticated())
                    .build()) {
                outside.warmUp();
                if (!postern.defaultPolicy().authenticators().contains(outside)) {
                    throw new AssertionError("not configured");
                }
            }
        }
    }
}
