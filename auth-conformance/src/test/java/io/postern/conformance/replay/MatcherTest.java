package io.postern.conformance.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A matcher that forgives too much would let every scenario pass, so most of these are about what must not match. */
class MatcherTest {

    private static final String HEX32 = "0123456789abcdef0123456789abcdef";

    private final Clock clock = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    private final TokenSigner signer = TokenSigner.forProfile("default");
    private final Variables variables = new Variables("127.0.0.1:8080");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1                       | 1
            1.5                     | 1.5
            null                    | null
            {"a": [1, {"b": true}]} | {"a": [1, {"b": true}]}
            {"a": 1, "b": 2}        | {"b": 2, "a": 1}
            """)
    void equalJson_matches(String want, String got) {
        assertTrue(matches(want, got));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1          | true
            1          | 1.0
            1.0        | 1
            1          | "1"
            "1"        | 1
            0          | false
            null       | false
            null       | ""
            {}         | []
            {}         | {"a": 1}
            {"a": 1}   | {}
            {"a": null}| {}
            [1]        | [1, 1]
            [1, 2]     | [2, 1]
            "a"        | "A"
            "a."       | "ab"
            """)
    void otherTypeMemberLengthOrOrder_doesNotMatch(String want, String got) {
        assertFalse(matches(want, got));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "<any-string>"                          | "x\\ny"
            "<any-text>"                            | ""
            "<int>"                                 | 7
            "<int>"                                 | "-7"
            "<hex32>"                               | "0123456789abcdef0123456789abcdef"
            "<hex40>"                               | "0123456789abcdef0123456789abcdef01234567"
            "<jwt>"                                 | "aaaaaaaa.bbbbbbbb.cccccccc"
            "JSON parse error - <any-text>"         | "JSON parse error - line 1 (char 0)"
            "Expected in <int~1> second."           | "Expected in 2 second."
            """)
    void blurredText_matches(String want, String got) {
        assertTrue(matches(want, got));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "<any-string>"                          | ""
            "<any-string>"                          | null
            "<any-text>"                            | 1
            "<int>"                                 | true
            "<int>"                                 | 7.0
            "<int>"                                 | "x"
            "<hex32>"                               | "0123456789ABCDEF0123456789ABCDEF"
            "<hex32>"                               | "0123456789abcdef0123456789abcdef0"
            "<hex40>"                               | "0123456789abcdef0123456789abcdef"
            "<jwt>"                                 | "aaaaaaaa.bbbbbbbb."
            "JSON parse error - <any-text>"         | "Parse error - x"
            "Expected in <int~1> second."           | "Expected in 1 second"
            """)
    void blurredText_doesNotMatchAnythingElse(String want, String got) {
        assertFalse(matches(want, got));
    }

    @ParameterizedTest
    @CsvSource({"58, false", "59, true", "60, true", "61, true", "62, false", "-60, false"})
    void approximateNumber_mayBeOneOff(String got, boolean expected) {
        assertEquals(expected, matches("\"<int~60>\"", "\"" + got + "\""));
    }

    @Test
    void newId_mustNotHaveBeenSeenInTheCase() {
        assertTrue(matches("\"<hex32:new>\"", "\"" + HEX32 + "\""));
        variables.set("t", mint("{'claims': {'jti': '%s'}}".formatted(HEX32)));
        assertFalse(matches("\"<hex32:new>\"", "\"" + HEX32 + "\""));
        assertTrue(matches("\"{{t.claims.jti}}\"", "\"" + HEX32 + "\""));
    }

    @Test
    void variable_isComparedLiterally() {
        variables.set("name", "a.c");
        assertTrue(matches("\"<{{name}}>\"", "\"<a.c>\""));
        assertFalse(matches("\"<{{name}}>\"", "\"<abc>\""));
    }

    @ParameterizedTest
    @CsvSource({"294, false", "295, true", "300, true", "305, true", "306, false"})
    void timeInToken_mayBeFiveSecondsOff(int away, boolean expected) {
        String token = mint("{'claims': {'exp': {'$now': %d}}}".formatted(away));
        assertEquals(expected, matchesToken("{'claims': {'exp': '<now+300>'}}", token));
    }

    @Test
    void token_hasExactlyTheClaimsAndHeaderWanted() {
        String token = mint("{'claims': {'user_id': '1', 'exp': {'$now': 60}}}");
        String header = "'header': {'alg': 'HS256', 'typ': 'JWT'}";
        assertTrue(matchesToken("{%s, 'claims': {'user_id': '1', 'exp': '<now+60>'}}".formatted(header), token));
        assertFalse(matchesToken("{%s, 'claims': {'user_id': '1'}}".formatted(header), token));
        assertFalse(matchesToken("{%s, 'claims': {'user_id': 1, 'exp': '<now+60>'}}".formatted(header), token));
        assertFalse(matchesToken("{'claims': {'user_id': '1', 'exp': '<now+60>', 'iat': '<now+0>'}}", token));
        assertFalse(matchesToken("{'header': {'alg': 'HS256'}, 'claims': {'user_id': '1', 'exp': '<now+60>'}}", token));
        assertFalse(matchesToken("{'claims': {}}", "no.token.atall"));
    }

    @Test
    void timeInToken_isANumber() {
        String token = mint("{'claims': {'exp': {'$now': 60, 'as': 'string'}}}");
        assertFalse(matchesToken("{'claims': {'exp': '<now+60>'}}", token));
    }

    @ParameterizedTest
    @CsvSource({"default, HS256, true", "custom, HS512, true", "rs256, RS256, true", "custom, HS384, false"})
    void signature_isOfTheProfilesAlgorithmAndKey(String profile, String algorithm, boolean valid) {
        TokenSigner own = TokenSigner.forProfile(profile);
        JsonNode order = json("{'sign': '%s', 'claims': {'a': 1}}".formatted(algorithm));
        String token = new TokenMinter(own, clock).mint(order, variables);
        assertEquals(valid, own.isValid(token));
        assertFalse(own.isValid(token.substring(0, token.length() - 8) + "AAAAAAAA"));
        assertFalse(own.isValid("x" + token));
    }

    @Test
    void signature_isLookedAt() {
        String token = mint("{'key': 'another key', 'claims': {'a': 1}}");
        assertFalse(matchesToken("{'claims': {'a': 1}, 'signature': 'valid'}", token));
        assertTrue(matchesToken("{'claims': {'a': 1}, 'signature': 'invalid'}", token));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'WWW-Authenticate': 'Basic realm="api"'} | www-authenticate: Basic realm="api"   | true
            {'WWW-Authenticate': 'Basic realm="api"'} | WWW-Authenticate: Basic realm="API"   | false
            {'WWW-Authenticate': 'Basic realm="api"'} | X-Other: x                            | false
            {'WWW-Authenticate': null}                | X-Other: x                            | true
            {'WWW-Authenticate': null}                | WWW-Authenticate: Bearer              | false
            {'Content-Type': 'application/json'}      | Content-Type: Application/JSON; a=b   | true
            {'Content-Type': 'application/json'}      | Content-Type: application/json2       | false
            {'Retry-After': '<int~60>'}               | Retry-After: 59                       | true
            {'Retry-After': '<int~60>'}               | Retry-After: 5                        | false
            {'Allow': 'GET, POST'}                    | Allow: POST,GET                       | true
            {'Allow': 'GET, POST'}                    | Allow: GET                            | false
            """)
    void header_isComparedByItsOwnRule(String want, String line, boolean expected) {
        assertEquals(expected, matchesHeaders(want, line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                | sid=1                     | false
            {'sid': {}}                                       | sid=1; Path=/             | true
            {'sid': {}, 'csrf': {}}                           | sid=1                     | false
            {'sid': {'value': '<any-string>'}}                | sid=1                     | true
            {'sid': {'value': '<any-string>'}}                | sid=""                    | false
            {'sid': {'value': ''}}                            | sid=1                     | false
            {'sid': {'httponly': true, 'samesite': 'Lax'}}    | sid=1; HttpOnly; SameSite=lax | true
            {'sid': {'httponly': true}}                       | sid=1; Path=/             | false
            {'sid': {'path': '/'}}                            | sid=1; Path=/x            | false
            """)
    void cookies_areThoseWantedWithTheAttributesListed(String want, String cookie, boolean expected) {
        assertEquals(expected, matchesHeaders("{'Set-Cookie': %s}".formatted(want), "Set-Cookie: " + cookie));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"a": 1}        | true
            201 | {"a": 1}        | false
            200 | {"a": 1} x      | false
            200 | {"a": 1,"a": 1} | false
            200 | a               | false
            200 | ''              | false
            """)
    void answer_hasTheStatusAndIsOneJsonValue(int status, String body, boolean expected) {
        Answer answer = new Answer(status, List.of(), body.getBytes(StandardCharsets.UTF_8));
        assertEquals(expected, matches(json("{'status': 200, 'json': {'a': 1}}"), answer));
    }

    private boolean matches(String want, String got) {
        Mismatches out = new Mismatches();
        jsonMatcher().match(Json.parse(want).orElseThrow(), Json.parse(got).orElseThrow(), "$", out);
        return out.lines().isEmpty();
    }

    private boolean matchesToken(String want, String token) {
        return matches("{\"$jwt\": %s}".formatted(json(want)), "\"%s\"".formatted(token));
    }

    private boolean matchesHeaders(String want, String line) {
        List<Header> headers = new ArrayList<>();
        int colon = line.indexOf(':');
        headers.add(
                new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
        return matches(json("{'status': 200, 'headers': %s}".formatted(want)), new Answer(200, headers, new byte[0]));
    }

    private boolean matches(JsonNode expectation, Answer answer) {
        return new AnswerMatcher(jsonMatcher())
                .match(Expectation.from(expectation), answer)
                .lines()
                .isEmpty();
    }

    private JsonMatcher jsonMatcher() {
        return new JsonMatcher(signer, variables, clock);
    }

    private String mint(String order) {
        return new TokenMinter(signer, clock).mint(json(order), variables);
    }

    /** JSON in which single quotes stand for double ones; a double one is part of a text. */
    private static JsonNode json(String text) {
        return Json.parse(text.replace("\"", "\\\"").replace('\'', '"')).orElseThrow();
    }
}
