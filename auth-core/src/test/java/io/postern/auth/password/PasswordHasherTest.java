package io.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {

    @Test
    void argon2id_without_bouncy_castle_names_the_artifact_to_add() throws Exception {
        try (URLClassLoader bare = withoutLibraries()) {
            Class<?> hashers = bare.loadClass(PasswordHasher.class.getName());

            assertThat(hashers).isNotSameAs(PasswordHasher.class);
            assertThatThrownBy(() -> hashers.getMethod("argon2id").invoke(null))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("org.bouncycastle:bcprov-jdk18on");
        }
    }

    @Test
    void all_else_works_without_bouncy_castle() throws Exception {
        try (URLClassLoader bare = withoutLibraries()) {
            Class<?> hashers = bare.loadClass(PasswordHasher.class.getName());
            Class<?> passwords = bare.loadClass(Password.class.getName());
            Object password = passwords.getMethod("of", String.class).invoke(null, "pw");

            Object hasher = hashers.getMethod("pbkdf2", int.class).invoke(null, 1_000);
            Object text = bare.loadClass(PasswordHasher.class.getName())
                    .getMethod("hash", passwords)
                    .invoke(hasher, password);

            assertThat(PasswordHasher.pbkdf2(1_000).verify(Password.of("pw"), (String) text))
                    .isTrue();
        }
    }

    /** Sees this library's classes and the JDK, nothing else. */
    private static URLClassLoader withoutLibraries() {
        URL classes = PasswordHasher.class.getProtectionDomain().getCodeSource().getLocation();
        return new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    }
}
