package io.postern.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

    private static final URI CONFIGURED = URI.create("https://issuer.example/.well-known/openid-configuration");

    @Test
    void one_slash_stands_before_well_known() {
        URI expected = URI.create("https://a.example/t/.well-known/openid-configuration");

        assertThat(Urls.discovery("https://a.example/t")).isEqualTo(expected);
        assertThat(Urls.discovery("https://a.example/t/")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "[::1]",
                "[fe80::1]",
                "[fd00::1]",
                "[::ffff:127.0.0.1]",
                "0.1.2.3",
                "192.0.0.192",
                "198.18.0.1",
                "198.19.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "[::]",
                "[::127.0.0.1]",
                "[::10.0.0.1]",
                "[::ffff:0:127.0.0.1]",
                "[64:ff9b::127.0.0.1]",
                "[64:ff9b::169.254.169.254]",
                "[64:ff9b:1::192.0.2.1]",
                "[2002:7f00:1::]",
                "[2002:a9fe:a9fe::1]",
                "[2001:0:a9fe:a9fe::1]",
                "[fec0::1]",
                "[febf::1]",
                "[ff02::1]"
            })
    void discovery_cannot_lead_to_a_private_address(String host) {
        URI uri = URI.create("https://" + host + "/keys");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Urls.requireOutside(uri, CONFIGURED, false))
                .withMessageContaining("private address");
        assertThat(Urls.requireOutside(uri, CONFIGURED, true)).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "1.0.0.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "126.0.0.1",
                "128.0.0.1",
                "169.253.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "191.0.0.1",
                "192.0.1.1",
                "192.167.0.1",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "[2001:db8::1]",
                "[2003::1]",
                "[2001:1::1]",
                "[::ffff:0:192.0.2.1]",
                "[64:ff9b::192.0.2.1]",
                "[2002:c000:201::1]"
            })
    void discovery_may_lead_to_another_public_host(String host) {
        URI uri = URI.create("https://" + host + "/keys");

        assertThat(Urls.requireOutside(uri, CONFIGURED, false)).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource({
        "https://issuer.example./keys, https://issuer.example/keys",
        "HTTPS://Issuer.EXAMPLE/Keys?A=B, https://issuer.example/Keys?A=B",
        "https://key_server/keys, https://key_server/keys",
        "https://key_server.shop_default:8443/keys, https://key_server.shop_default:8443/keys",
        "https://keys, https://keys",
        "https://keys:443/, https://keys:443/",
        "https://keys:/a, https://keys:/a",
        "https://server-1.2nd/keys, https://server-1.2nd/keys",
        "https://b\u00FCcher.example/keys, https://xn--bcher-kva.example/keys",
        "https://B\u00DCCHER.example:8443/keys, https://xn--bcher-kva.example:8443/keys",
        "https://\u4F8B\u3048.example/\u9375, https://xn--r8jz45g.example/%E9%8D%B5",
        "https://xn--bcher-kva.example/keys, https://xn--bcher-kva.example/keys",
        "https://[2001:DB8::1]/keys, https://[2001:db8::1]/keys",
        "https://[2001:db8::1]:8443/keys, https://[2001:db8::1]:8443/keys",
        "https://192.0.2.1:8443/keys, https://192.0.2.1:8443/keys",
        "https://issuer.example/a%20b%2Fc, https://issuer.example/a%20b%2Fc"
    })
    void hosts_are_taken_as_people_write_them(String written, String fetched) {
        assertThat(Urls.requireFetchable(URI.create(written), false)).isEqualTo(URI.create(fetched));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://",
                "https:keys",
                "https:///keys",
                "https://.",
                "https://a..b/keys",
                "https://me@key_server/keys",
                "https://key_server:99999/keys",
                "https://keys:65536/keys",
                "https://key_server:80a/keys",
                "https://a%2eb/keys",
                "https://a,b/keys",
                "https://fa\u00DF.example/keys",
                "https://a\u200Db.example/keys",
                "ftp://issuer.example/keys",
                "http://key_server/keys"
            })
    void what_is_not_a_host_is_refused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> Urls.requireFetchable(Urls.parse(url), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1.", "LOCALHOST", "localhost.", "127.1", "[::FFFF:127.0.0.1]"})
    void other_notations_of_a_private_address_are_private(String host) {
        URI uri = Urls.requireFetchable(URI.create("https://" + host + "/keys"), false);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Urls.requireOutside(uri, CONFIGURED, false))
                .withMessageContaining("private address");
    }

    @Test
    void an_issuer_may_have_letters_beyond_ascii() {
        assertThat(Urls.requireFetchable(Urls.discovery("https://b\u00FCcher.example"), false))
                .isEqualTo(URI.create("https://xn--bcher-kva.example/.well-known/openid-configuration"));
        assertThat(Urls.requireIssuer("https://b\u00FCcher.example")).isEqualTo("https://b\u00FCcher.example");
        for (String bad : List.of("", "a b", "a#b", "a\nb", "a\u00A0b", "a\u2028b", "a\u202Eb")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Urls.requireIssuer(bad));
        }
    }

    @Test
    void an_issuer_in_the_own_network_may_name_itself() {
        URI configured = URI.create("https://10.0.0.1/.well-known/openid-configuration");
        URI uri = URI.create("https://10.0.0.1/keys");

        assertThat(Urls.requireOutside(uri, configured, false)).isEqualTo(uri);
    }

    @Test
    void what_is_no_url_is_not_shown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Urls.parse("https://a b"))
                .withMessageNotContaining("a b");
    }
}
