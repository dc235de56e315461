package io.postern.conformance.replay;

import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.token.ApiTokens;
import io.postern.conformance.replay.HostileSessions.Browser;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All that hostile inputs name: what the past left behind, and what is made anew for each input that asks for it. */
final class HostileFixtures {

    private static final Pattern SECRET = Pattern.compile(".*(Token|SessionId|sessionId|Password|Hash|Digest).*");
    private static final Pattern TIME = Pattern.compile("(now|userCutoff)((?:[+-](?:\\d+|skew))*)");
    private static final Pattern STEP = Pattern.compile("([+-])(\\d+|skew)");

    private final HostileServer server;
    private final HostileApp app;
    private final Secrets secrets;
    private final Map<String, String> constants;

    private HostileFixtures(HostileServer server, Secrets secrets, Map<String, String> constants) {
        this.server = server;
        this.app = server.app();
        this.secrets = secrets;
        this.constants = constants;
    }

    static HostileFixtures prepare(HostileServer server, Canary canary, Secrets secrets) {
        Map<String, String> constants = new HashMap<>(HostilePast.of(server.app()));
        constants.put("canaryPort", Integer.toString(canary.port()));
        HostileFixtures fixtures = new HostileFixtures(server, secrets, constants);
        fixtures.nameSurroundings();
        fixtures.endSessions();
        constants.forEach(fixtures::remember);
        return fixtures;
    }

    /** Knows the names for one input. */
    Expander forOneInput() {
        Map<String, Supplier<String>> recipes = new HashMap<>();
        addTokens(recipes);
        addSessions(recipes);
        return new Expander(name -> {
            Optional<String> time = time(name);
            return time.isPresent()
                    ? time
                    : Optional.ofNullable(recipes.get(name))
                            .map(Supplier::get)
                            .or(() -> Optional.ofNullable(constants.get(name)))
                            .map(value -> remember(name, value));
        });
    }

    private void nameSurroundings() {
        constants.put("protectedMarker", HostileServer.PROTECTED);
        constants.put("adminMarker", HostileServer.ADMIN);
        constants.put("serverHmacKey", TokenSigner.HMAC_KEY);
        constants.put("kid", app.keys().server().id().orElseThrow());
        constants.put("issuer", HostileApp.ISSUER);
        constants.put("issuerUpper", HostileApp.ISSUER.toUpperCase(Locale.ROOT));
        constants.put("audience", HostileApp.AUDIENCE);
        constants.put("audienceUpper", HostileApp.AUDIENCE.toUpperCase(Locale.ROOT));
        constants.put("host", server.http().authority());
        constants.put("origin", server.scheme() + "://" + server.http().authority());
        constants.put("originHttp", "http://" + server.http().authority());
        constants.put("sessionName", app.sessionCookie());
        constants.put("sessionNameLower", app.sessionCookie().toLowerCase(Locale.ROOT));
        constants.put("sessionNamePrefixVariant", app.sessionCookie().replace("__Host-", "__HOST-"));
        constants.put("csrfCookieName", HostileSessions.CSRF_COOKIE);
    }

    private void endSessions() {
        HostileSessions sessions = new HostileSessions(server);
        if (app.setup().usesCookies()) {
            return;
        }
        if (app.setup().storesSessions()) {
            constants.put("expiredAbsoluteSessionId", sessionPastItsEnd());
            return;
        }
        String idle = sessions.idOf(login(""));
        server.container().expire(idle);
        constants.put("expiredIdleSessionId", idle);
        Browser ended = login("");
        sessions.logout(ended);
        constants.put("loggedOutSessionId", sessions.idOf(ended));
        constants.put("preLoginSessionId", sessions.anonymousSessionId());
        login(app.sessionCookie() + "=" + constants.get("preLoginSessionId"));
        constants.put("fixatedSessionId", "chosen-by-an-attacker-0123456789");
        login(app.sessionCookie() + "=" + constants.get("fixatedSessionId"));
        app.addUser("eve", "eve-pass-12345");
        constants.put("sessionIdOfDisabledUser", sessions.idOf(sessions.login("eve", "eve-pass-12345", "")));
        app.disable("eve");
    }

    /** Used all the time, so that only its age ends it. */
    private String sessionPastItsEnd() {
        HostileSessions sessions = new HostileSessions(server);
        Duration ago = app.sessions().absoluteTimeout().plusSeconds(1);
        Duration step = app.sessions().idleTimeout().dividedBy(2);
        app.goBack(ago);
        Browser browser = login("");
        for (Duration left = ago.minus(step); left.compareTo(Duration.ofMinutes(1)) > 0; left = left.minus(step)) {
            app.goBack(left);
            sessions.use(browser);
        }
        app.goBack(Duration.ZERO);
        return sessions.idOf(browser);
    }

    private void addTokens(Map<String, Supplier<String>> recipes) {
        Supplier<TokenPair> pair = new Once<>(() -> app.login(HostilePast.USER));
        recipes.put("validAccessToken", () -> pair.get().access());
        recipes.put("validRefreshToken", () -> pair.get().refresh());
        recipes.put("validJti", () -> HostilePast.idOf(app.signed(pair.get().access())));
        recipes.put(
                "otherUserRefreshToken",
                new Once<>(() -> app.login(HostilePast.OTHER_USER).refresh()));
        Supplier<ApiTokens.Issued> opaque =
                new Once<>(() -> app.postern().tokens().issue(HostilePast.USER, ""));
        Supplier<String> text = () -> opaque.get().value().reveal();
        recipes.put("opaqueToken", text);
        recipes.put(
                "opaqueTokenFlipFirst",
                () -> otherThan(text.get().charAt(0)) + text.get().substring(1));
        recipes.put("opaqueTokenFlipLast", () -> {
            int last = text.get().length() - 1;
            return text.get().substring(0, last) + otherThan(text.get().charAt(last));
        });
        recipes.put(
                "opaqueTokenMinusLast", () -> text.get().substring(0, text.get().length() - 1));
        recipes.put("opaqueTokenMinusFirst", () -> text.get().substring(1));
        recipes.put("opaqueTokenUpper", () -> text.get().toUpperCase(Locale.ROOT));
        recipes.put("opaqueTokenLower", () -> text.get().toLowerCase(Locale.ROOT));
        recipes.put("opaqueTokenPrefix8", () -> text.get().substring(0, 8));
        recipes.put("opaqueTokenStoredDigest", () -> opaque.get().value().digest());
    }

    private void addSessions(Map<String, Supplier<String>> recipes) {
        Supplier<Browser> browser = new Once<>(() -> login(""));
        Supplier<Browser> other = new Once<>(() -> login(""));
        Supplier<Browser> stranger = new Once<>(() -> new HostileSessions(server).stranger());
        boolean all = app.setup().usesCookies();
        recipes.put("sessionId", () -> new HostileSessions(server).idOf(browser.get()));
        recipes.put(
                "sessionCookie",
                () -> all
                        ? browser.get().cookieHeader()
                        : app.sessionCookie() + "=" + new HostileSessions(server).idOf(browser.get()));
        recipes.put("otherSessionCookie", () -> other.get().cookieHeader());
        recipes.put(
                "csrfCookie",
                () -> HostileSessions.CSRF_COOKIE + "="
                        + browser.get().cookies().get(HostileSessions.CSRF_COOKIE));
        recipes.put("csrfToken", () -> browser.get().csrfToken());
        recipes.put("csrfTokenPrefix", () -> browser.get().csrfToken().substring(0, 32));
        recipes.put("otherCsrfToken", () -> other.get().csrfToken());
        recipes.put("preLoginCsrfToken", () -> stranger.get().csrfToken());
    }

    private Browser login(String cookie) {
        return new HostileSessions(server).login(HostilePast.USER, HostilePast.PASSWORD, cookie);
    }

    private Optional<String> time(String expression) {
        Matcher found = TIME.matcher(expression);
        if (!found.matches()) {
            return Optional.empty();
        }
        long skew = app.leeway().toSeconds();
        Duration ago = found.group(1).equals("now") ? Duration.ZERO : HostilePast.CUTOFF;
        long seconds = app.clock().instant().minus(ago).getEpochSecond();
        Matcher step = STEP.matcher(found.group(2));
        while (step.find()) {
            long width = step.group(2).equals("skew") ? skew : Long.parseLong(step.group(2));
            seconds += step.group(1).equals("+") ? width : -width;
        }
        return Optional.of(Long.toString(seconds));
    }

    private String remember(String name, String value) {
        if (SECRET.matcher(name).matches()) {
            secrets.add(value);
        }
        return value;
    }

    private static char otherThan(char digit) {
        return digit == 'A' ? 'B' : 'A';
    }
}
