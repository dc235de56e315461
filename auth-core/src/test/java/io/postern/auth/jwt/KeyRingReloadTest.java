package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.auth.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingReloadTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private final JwtKey one = Keys.of(JwtAlgorithm.HS256).withId("one");
    private final JwtKey two = Keys.other(JwtAlgorithm.HS256).withId("two");
    private final AtomicReference<Supplier<KeyRing>> source = new AtomicReference<>(() -> KeyRing.of(one));
    private final KeyRing ring = KeyRing.reloading(() -> source.get().get());

    @Test
    void the_keys_are_there_from_the_start() {
        assertThat(ring.signing(NOW)).isSameAs(one);
        assertThat(Keys.find(ring, "HS256", Optional.of("one"), true, NOW)).contains(one);
    }

    @Test
    void a_start_without_keys_fails() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.reloading(KeyRing::verifyingOnly))
                .withMessageContaining("at least one key");
        assertThatNullPointerException().isThrownBy(() -> KeyRing.reloading(() -> null));
    }

    @Test
    void a_change_shows_when_it_is_reloaded_and_not_before() {
        source.set(() -> KeyRing.of(two));
        assertThat(ring.signing(NOW)).isSameAs(one);

        ring.reload();

        assertThat(ring.signing(NOW)).isSameAs(two);
        assertThat(Keys.find(ring, "HS256", Optional.of("one"), true, NOW)).isEmpty();
        assertThat(Keys.find(ring, "HS256", Optional.of("two"), true, NOW)).contains(two);
    }

    @Test
    void a_reload_that_fails_keeps_the_keys_and_throws_the_reason() {
        StoreException down = new StoreException("down", new IOException());
        source.set(() -> {
            throw down;
        });

        assertThatThrownBy(ring::reload).isSameAs(down);
        assertKeeps();
        source.set(() -> null);
        assertThatNullPointerException().isThrownBy(ring::reload).withMessageContaining("returned null");
        assertKeeps();
        source.set(() -> KeyRing.of(two));
        ring.reload();
        assertThat(ring.signing(NOW)).isSameAs(two);
    }

    @Test
    void a_ring_that_issues_does_not_turn_into_one_that_only_verifies() {
        source.set(() -> KeyRing.verifyingOnly(one, two));

        assertThatIllegalStateException().isThrownBy(ring::reload).withMessageContaining("can only verify");
        assertKeeps();
        assertThat(Keys.find(ring, "HS256", Optional.of("two"), true, NOW)).isEmpty();
    }

    @Test
    void a_ring_that_only_verifies_is_reloaded_and_may_come_to_sign() {
        AtomicReference<KeyRing> from = new AtomicReference<>(KeyRing.verifyingOnly(one));
        KeyRing verifying = KeyRing.reloading(from::get);

        from.set(KeyRing.verifyingOnly(two));
        verifying.reload();
        assertThat(Keys.find(verifying, "HS256", Optional.of("two"), true, NOW)).isPresent();
        assertThat(Keys.find(verifying, "HS256", Optional.of("one"), true, NOW)).isEmpty();

        from.set(KeyRing.of(one));
        verifying.reload();
        assertThat(Keys.find(verifying, "HS256", Optional.of("one"), true, NOW)).isPresent();
    }

    @Test
    void reloading_a_ring_without_a_source_fails_with_the_fix() {
        assertThatIllegalStateException()
                .isThrownBy(KeyRing.of(one)::reload)
                .withMessageContaining("KeyRing.reloading(");
    }

    @Test
    void a_file_is_read_again_and_a_half_written_one_changes_nothing(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("keys.json");
        String text = "{\"keys\":[{\"kty\":\"oct\",\"alg\":\"HS256\",\"kid\":\"%s\",\"k\":\"" + Jwts.base64(Keys.SECRET)
                + "\"}]}";
        Files.writeString(file, text.formatted("a"));
        KeyRing fromFile = KeyRing.reloading(() -> KeyRing.fromJwkSetFile(file));

        Files.writeString(file, text.formatted("b").substring(0, 60));
        assertThatIllegalArgumentException().isThrownBy(fromFile::reload).withMessageContaining("keys.json");
        assertThat(fromFile.signing(NOW).id()).contains("a");
        Files.delete(file);
        assertThatIllegalArgumentException().isThrownBy(fromFile::reload).withMessageContaining("cannot be read");
        assertThat(fromFile.signing(NOW).id()).contains("a");
        Files.writeString(file, text.formatted("b"));
        fromFile.reload();
        assertThat(fromFile.signing(NOW).id()).contains("b");
    }

    private void assertKeeps() {
        assertThat(ring.signing(NOW)).isSameAs(one);
        assertThat(Keys.find(ring, "HS256", Optional.of("one"), true, NOW)).contains(one);
    }
}
