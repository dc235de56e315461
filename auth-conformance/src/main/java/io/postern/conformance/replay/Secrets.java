package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What no log line may tell: the users' own secrets, and all that was sent or handed out since. */
final class Secrets {

    /** Shorter ones, such as {@code wrong}, stand in innocent lines too. */
    private static final int SHORTEST = 16;

    private static final int LONGEST = 8192;

    private static final List<String> OF_THE_USERS = List.of(
            "alice-pass-123",
            "admin-pass-123",
            "inactive-pass-123",
            "pässwörd-123",
            "pa:ss:word",
            "a11ce".repeat(8),
            "ad314".repeat(8),
            "1ac7e".repeat(8),
            "0d1e5".repeat(8),
            TokenSigner.HMAC_KEY);

    private static final Set<String> HEADERS = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "csrftoken",
            "x-access-token",
            "x-auth-token",
            "x-authorization",
            "x-csrf-token",
            "x-csrftoken",
            "x-xsrf-token");

    private static final Pattern MEMBERS = Pattern.compile("(?i).*(password|token|access|refresh).*");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s;,=\"]+");

    private final Set<String> found = ConcurrentHashMap.newKeySet();

    Secrets() {
        found.addAll(OF_THE_USERS);
    }

    Set<String> all() {
        return new TreeSet<>(found);
    }

    /** Remembers a value of which all is secret, and the halves of a token that say who and prove it. */
    void add(String value) {
        if (value.length() >= SHORTEST) {
            found.add(value);
        }
        if (Jwt.looksLike(value)) {
            String[] segments = value.split("\\.", -1);
            found.add(segments[1]);
            found.add(segments[2]);
        }
    }

    /** Remembers a crafted token, unless it is so long that searching for it would take long and find little. */
    void addToken(String token) {
        if (token.length() <= LONGEST) {
            add(token);
        }
    }

    /** Remembers the credentials in a request: a header's words, and what a Basic one says in clear. */
    void addAllOf(JsonNode request) {
        for (Map.Entry<String, JsonNode> header : request.path("headers").properties()) {
            if (HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                Iterable<JsonNode> values =
                        header.getValue().isArray() ? header.getValue() : List.of(header.getValue());
                values.forEach(value -> addHeader(Json.textOf(value)));
            }
        }
        for (String body : List.of("body", "form", "multipart")) {
            for (Map.Entry<String, JsonNode> member : request.path(body).properties()) {
                if (MEMBERS.matcher(member.getKey()).matches()) {
                    add(Json.textOf(member.getValue()));
                }
            }
        }
    }

    private void addHeader(String value) {
        for (String word : SEPARATORS.split(value, -1)) {
            add(word);
        }
        int blank = value.indexOf(' ');
        if (value.regionMatches(true, 0, "Basic ", 0, blank + 1)) {
            addBasic(value.substring(blank + 1).strip());
        }
    }

    private void addBasic(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            add(pair);
            add(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException ignored) {
            // Not base64: its words have been taken as they are.
        }
    }
}
