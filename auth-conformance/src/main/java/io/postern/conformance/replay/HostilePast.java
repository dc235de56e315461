package io.postern.conformance.replay;

import io.postern.auth.jwt.JwtTokens.RefreshResult;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.user.Device;
import java.text.Normalizer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What happened before the first hostile input arrives: users came and went, tokens were used, revoked or ran out. */
final class HostilePast {

    static final String USER = "alice";
    static final String OTHER_USER = "bob";
    static final String PASSWORD = "alice-pass-123";
    static final Duration CUTOFF = Duration.ofSeconds(100);

    private static final String UTF8_PASSWORD = "pässwörd-123";
    private static final String LONG_PREFIX = "long-password-".repeat(6).substring(0, 72);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration JUST_BEFORE = Duration.ofSeconds(50);

    private final HostileApp app;
    private final Map<String, String> values = new HashMap<>();

    private HostilePast(HostileApp app) {
        this.app = app;
    }

    /** Returns what is left of it, by the names that the inputs use. */
    static Map<String, String> of(HostileApp app) {
        HostilePast past = new HostilePast(app);
        past.addUsers();
        past.addTwins();
        if (app.setup().profile().equals("default")) {
            past.refreshToTheEnd();
        }
        past.letTokensExpire();
        app.goBack(CUTOFF);
        past.endAllLogins();
        app.goBack(JUST_BEFORE);
        past.endLogins();
        past.losePeople();
        app.goBack(Duration.ZERO);
        past.loginElsewhere();
        return Map.copyOf(past.values);
    }

    private void addUsers() {
        values.put("storedHash", addUser("basicUser", USER, "basicPassword", PASSWORD));
        addUser("basicUserUtf8", "ünï", "basicPasswordUtf8", UTF8_PASSWORD);
        addUser("colonUser", "colon", "colonPassword", "pa:ss:word");
        addUser("bcrypt72User", "patient", "bcrypt72Password", LONG_PREFIX + "-and-what-bcrypt-drops");
        addUser("noPasswordUser", "robot", "noPassword", "");
        addUser("otherUser", OTHER_USER, "otherPassword", "bob-pass-123");
        values.put("disabledUser", "dora");
        addUser("disabledUserId", "dora", "disabledPassword", "dora-pass-123");
        addUser("deletedUserId", "gone", "deletedPassword", "gone-pass-123");
        addUser("changedUser", "carol", "changedPassword", "carol-pass-123");
        app.addUser("erin", "");
        // Whose id a verifier that turns numbers into text would find.
        app.addUser("1", "");
        app.addAdmin("root");
        values.put("adminUser", "root");
    }

    private void addTwins() {
        values.put("basicUserUpper", "ALICE");
        values.put("basicUserUnicodeTwin", "ａlice");
        values.put("basicPasswordNfd", Normalizer.normalize(UTF8_PASSWORD, Normalizer.Form.NFD));
        values.put("basicPasswordMinusLast", PASSWORD.substring(0, PASSWORD.length() - 1));
        values.put("bcrypt72Prefix", LONG_PREFIX);
    }

    /** As often as it goes, and shortly before the present for the last time. */
    private void refreshToTheEnd() {
        Duration ago = Duration.ofDays(90);
        app.goBack(ago);
        String token = app.login(USER).refresh();
        while (ago.compareTo(HOUR) > 0) {
            ago = ago.minusHours(20);
            app.goBack(ago);
            RefreshResult result = app.postern().jwt().refresh(token, Device.unknown());
            if (result instanceof RefreshResult.Refreshed refreshed) {
                token = refreshed.refresh().orElse(token);
            }
        }
        values.put("refreshPastFamilyLifetime", token);
    }

    private void letTokensExpire() {
        app.goBack(Duration.ofDays(2));
        TokenPair pair = app.login(USER);
        values.put("expiredAccessToken", pair.access());
        values.put("expiredRefreshToken", pair.refresh());
        app.goBack(HOUR);
        ApiTokens shortLived = ApiTokens.builder(app.tokens())
                .expireAfter(HOUR)
                .clock(app.clock())
                .build();
        put("opaqueTokenExpiringNow", shortLived.issue(USER, ""));
        app.goBack(HOUR.plusMinutes(1));
        put("expiredOpaqueToken", shortLived.issue(USER, ""));
    }

    private void endAllLogins() {
        values.put("revokedAllRefreshToken", app.login("erin").refresh());
        app.postern().jwt().revokeAllFamilies("erin");
        if (app.setup().profile().equals(HostileSetup.CUT_OFF)) {
            app.postern().revocations().revokeUser(USER);
        }
    }

    private void endLogins() {
        TokenPair ended = app.login(USER);
        app.postern().jwt().revoke(ended.refresh());
        values.put("loggedOutRefreshToken", ended.refresh());
        values.put("loggedOutAccessToken", ended.access());
        values.put("blacklistedJti", idOf(app.signed(ended.access())));
        String used = app.login(USER).refresh();
        app.postern().jwt().refresh(used, Device.unknown());
        values.put("usedRefreshToken", used);
        values.put("successorOfUsedRefreshToken", successorOfTokenUsedTwice());
        ApiTokens.Issued revoked = app.postern().tokens().issue(USER, "");
        app.postern().tokens().revoke(USER, revoked.record().id());
        put("revokedOpaqueToken", revoked);
    }

    /** The first use is longer ago than a lost answer is given again, so the second one is a replay. */
    private String successorOfTokenUsedTwice() {
        app.goBack(JUST_BEFORE.multipliedBy(3).dividedBy(2));
        String used = app.login(USER).refresh();
        RefreshResult first = app.postern().jwt().refresh(used, Device.unknown());
        app.goBack(JUST_BEFORE);
        app.postern().jwt().refresh(used, Device.unknown());
        return first instanceof RefreshResult.Refreshed refreshed
                ? refreshed.refresh().orElse(used)
                : used;
    }

    private void losePeople() {
        TokenPair disabled = app.login("dora");
        values.put("accessTokenOfDisabledUser", disabled.access());
        values.put("refreshOfDisabledUser", disabled.refresh());
        put("opaqueTokenOfDisabledUser", app.postern().tokens().issue("dora", ""));
        app.disable("dora");
        put("opaqueTokenOfDeletedUser", app.postern().tokens().issue("gone", ""));
        TokenPair deleted = app.login("gone");
        values.put("accessTokenOfDeletedUser", deleted.access());
        values.put("refreshOfDeletedUser", deleted.refresh());
        app.delete("gone");
        TokenPair before = app.login("carol");
        values.put("accessTokenBeforePasswordChange", before.access());
        values.put("refreshBeforePasswordChange", before.refresh());
        put("opaqueTokenIssuedBeforePasswordChange", app.postern().tokens().issue("carol", ""));
        app.changePassword("carol");
    }

    /** Other applications that were given the same keys, which they should not have been. */
    private void loginElsewhere() {
        values.put(
                "accessTokenOtherEnvironment",
                app.loginElsewhere(USER, "https://staging.example", HostileApp.AUDIENCE)
                        .access());
        values.put(
                "accessTokenOtherTenant",
                app.loginElsewhere(USER, HostileApp.ISSUER, "other-tenant.example")
                        .access());
        values.put("accessTokenRetiredKey", app.loginUnderRetiredKey(USER).access());
        values.put(
                "refreshOfOtherClient",
                app.loginElsewhere(USER, HostileApp.ISSUER, "other.example").refresh());
    }

    private String addUser(String nameFixture, String name, String passwordFixture, String password) {
        values.put(nameFixture, name);
        values.put(passwordFixture, password);
        return app.addUser(name, password);
    }

    private void put(String name, ApiTokens.Issued token) {
        values.put(name, token.value().reveal());
    }

    static String idOf(String signedToken) {
        return Jwt.decode(signedToken).orElseThrow().claims().required("jti").textValue();
    }
}
