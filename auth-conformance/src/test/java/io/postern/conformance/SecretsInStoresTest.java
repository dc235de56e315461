package io.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.internal.Digests;
import io.postern.conformance.Browser.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks for every secret that was issued in every byte that the database, or Redis, has written to its disk. */
class SecretsInStoresTest {

    private final Browser browser = new Browser();
    private final Map<String, String> secrets = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "redis"})
    void no_secret_is_written(String stores) throws Exception {
        try (StoreServer backing = StoreServer.start(stores)) {
            ConformanceServer server = ConformanceServer.start(0, "revoke", Storage.open(stores, backing.url()));
            String token = issueAll(server.port());
            server.close();
            // What was written is on the disk now, in the log if nowhere else.
            backing.kill();

            String digest = Digests.sha256Hex(token);
            String bytes = new String(HexFormat.of().parseHex(digest), StandardCharsets.ISO_8859_1);
            assertThat(isWritten(backing.data(), digest) || isWritten(backing.data(), bytes))
                    .as("the search finds what is there: the digest of a token")
                    .isTrue();
            for (Map.Entry<String, String> secret : secrets.entrySet()) {
                assertThat(isWritten(backing.data(), secret.getValue()))
                        .as(secret.getKey())
                        .isFalse();
            }
        }
    }

    private String issueAll(int port) throws Exception {
        secrets.put("password", "alice-pass-123");
        String token = browser.logIn(port, "/auth/token/").text("token");
        secrets.put("opaque token", token);
        browser.get(port, "/token/", "Token " + token);
        Answer pair = browser.logIn(port, "/auth/jwt/create/");
        keep("first", pair);
        Answer next = browser.post(port, "/auth/jwt/refresh/", Map.of("refresh", pair.text("refresh")));
        keep("second", next);
        browser.post(port, "/auth/jwt/blacklist/", Map.of("refresh", next.text("refresh")));
        browser.logIn(port, "/auth/session/login/");
        assertThat(browser.get(port, "/session/", "").status()).isEqualTo(200);
        secrets.put("session", browser.cookie("sessionid"));
        secrets.put("CSRF secret", browser.cookie("csrftoken"));
        assertThat(secrets.values()).noneMatch(String::isEmpty);
        return token;
    }

    private void keep(String which, Answer pair) {
        for (String kind : List.of("access", "refresh")) {
            String text = pair.text(kind);
            secrets.put(which + " " + kind + " token", text);
            secrets.put("signature of the " + which + " " + kind + " token", text.substring(text.lastIndexOf('.') + 1));
        }
    }

    private static boolean isWritten(Path folder, String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).anyMatch(file -> contains(file, text));
        }
    }

    /** One byte is one char, so that texts are found among whatever else there is. */
    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }
}
