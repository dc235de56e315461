package io.postern.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The stores as modules: nothing that they need is left out of the graph. */
class ModulePathTest {

    private static final List<String> PARTS =
            List.of("auth-core", "auth-redis", "jedis", "commons-pool2", "slf4j-api", "nimbus-jose-jwt");

    @Test
    void works_on_the_module_path() throws Exception {
        Path[] parts = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(part -> !part.contains("test-classes") && PARTS.stream().anyMatch(part::contains))
                .filter(part -> !part.contains("embedded"))
                .map(Path::of)
                .toArray(Path[]::new);
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration = boot.configuration()
                // Of the JDK's own modules, those that this JVM was not started with are found too.
                .resolve(ModuleFinder.of(parts), ModuleFinder.ofSystem(), Set.of("io.postern.auth.redis"));
        ModuleLayer layer = boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
        Class<?> type = layer.findLoader("io.postern.auth.redis").loadClass(RedisStores.class.getName());

        Object client = type.getMethod("connect", URI.class).invoke(null, Servers.uri());
        try {
            Object builder = Stream.of(type.getMethods())
                    .filter(method -> method.getName().equals("builder"))
                    .findFirst()
                    .orElseThrow()
                    .invoke(null, client);
            Object stores = builder.getClass().getMethod("build").invoke(builder);
            Object tokens = type.getMethod("tokens").invoke(stores);
            Class<?> spi = layer.findLoader("io.postern.auth.core").loadClass("io.postern.auth.token.TokenStore");
            Class<?> valueType = spi.getClassLoader().loadClass("io.postern.auth.token.TokenValue");
            Object value = valueType.getMethod("of", String.class).invoke(null, "unknown");
            assertThat(spi.getMethod("find", valueType).invoke(tokens, value)).isEqualTo(Optional.empty());
        } finally {
            ((AutoCloseable) client).close();
        }
        assertThat(type.getModule().isNamed()).isTrue();
        assertThat(layer.modules()).extracting(Module::getName).doesNotContain("com.google.gson");
    }
}
