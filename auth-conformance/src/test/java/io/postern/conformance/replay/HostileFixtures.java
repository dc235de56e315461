package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/** Prepares the users, tokens and sessions that the hostile inputs name. */
final class HostileFixtures {

    private static final String USER = "alice";
    private static final String PASSWORD = "alice-pass-123";
    private static final String UTF8_USER = "ünï";
    private static final String UTF8_PASSWORD = "pässwörd-123";
    private static final String LONG_PREFIX = "long-password-".repeat(6).substring(0, 72);

    private final HostileServer server;
    private final Secrets secrets;
    private final Map<String, String> values = new HashMap<>();

    private HostileFixtures(HostileServer server, Secrets secrets) {
        this.server = server;
        this.secrets = secrets;
    }

    static Expander prepare(HostileServer server, Secrets secrets) {
        HostileFixtures fixtures = new HostileFixtures(server, secrets);
        fixtures.addUsers();
        fixtures.addTokens();
        return new Expander(Map.copyOf(fixtures.values));
    }

    private void addUsers() {
        addUser("basicUser", USER, "basicPassword", PASSWORD);
        addUser("basicUserUtf8", UTF8_USER, "basicPasswordUtf8", UTF8_PASSWORD);
        addUser("colonUser", "colon", "colonPassword", "pa:ss:word");
        addUser("bcrypt72User", "patient", "bcrypt72Password", LONG_PREFIX + "-and-what-bcrypt-drops");
        addUser("noPasswordUser", "robot", "noPassword", "");
        values.put("basicUserUpper", "ALICE");
        values.put("basicUserUnicodeTwin", "ａlice");
        values.put("basicPasswordNfd", Normalizer.normalize(UTF8_PASSWORD, Normalizer.Form.NFD));
        values.put("basicPasswordMinusLast", PASSWORD.substring(0, PASSWORD.length() - 1));
        values.put("bcrypt72Prefix", LONG_PREFIX);
        values.put("storedHash", server.storedHashOf(USER));
        values.put("protectedMarker", HostileServer.PROTECTED);
        values.put("adminMarker", HostileServer.ADMIN);
        values.put("serverHmacKey", TokenSigner.HMAC_KEY);
        secrets.add(server.storedHashOf(USER));
    }

    private void addTokens() {
        JsonNode pair = post("/auth/jwt/create/").json().orElseThrow();
        put("validAccessToken", pair.required("access").textValue());
        put("validRefreshToken", pair.required("refresh").textValue());
        put(
                "opaqueToken",
                post("/auth/token/").json().orElseThrow().required("token").textValue());
        String session = post("/auth/session/login/").first("Set-Cookie").orElseThrow();
        put("otherSessionCookie", session.split(";", 2)[0]);
    }

    private void addUser(String nameFixture, String name, String passwordFixture, String password) {
        server.addUser(name, password);
        values.put(nameFixture, name);
        put(passwordFixture, password);
    }

    private void put(String fixture, String secret) {
        values.put(fixture, secret);
        secrets.add(secret);
    }

    private Answer post(String path) {
        JsonNode request = JsonNodeFactory.instance
                .objectNode()
                .put("method", "POST")
                .put("path", path)
                .set(
                        "body",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("username", USER)
                                .put("password", PASSWORD));
        return server.http().send(RawRequest.from(request, server.http().authority()));
    }
}
