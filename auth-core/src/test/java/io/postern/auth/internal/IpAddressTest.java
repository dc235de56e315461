package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    private static final Pattern LAX = Pattern.compile("[0-9a-f]{5}|(?:^|[:.])0[0-9]+\\.|\\.0[0-9]");

    /** RFC 5952, sections 2 and 4. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "[::1], ::1",
        "2001:DB8::1, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:2:3:4:5:6:192.0.2.1, 1:2:3:4:5:6:c000:201",
        "::ffff:192.0.2.1, 192.0.2.1",
        "0:0:0:0:0:FFFF:C000:0201, 192.0.2.1",
        "::192.0.2.1, ::c000:201",
        "fe80::1%eth0, fe80::1%eth0",
        "[FE80::1%en-0.1], fe80::1%en-0.1",
    })
    void all_notations_of_an_address_have_one_canonical_form(String value, String canonical) {
        assertThat(IpAddress.canonical(value)).isEqualTo(canonical);
        assertThat(IpAddress.parse(value)).isEqualTo(IpAddress.parse(canonical)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.4.",
                ".1.2.3",
                "01.2.3.4",
                "1.2.3.256",
                "1.2.3.-4",
                "1.2.3.4:80",
                "[1.2.3.4]",
                ":",
                ":::",
                "1:2",
                "1::2::3",
                ":1::2",
                "1::2:",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1.2.3.4::",
                "::1.2.3",
                "[::1",
                "::1]",
                "[]",
                "::1%",
                "::1%a b",
                "fe80::1%\u00e4",
                "\u0661::",
                " ::1",
                "proxy.example",
                "2001:db8::/32"
            })
    void anything_else_is_none_and_stays_as_it_is(String value) {
        assertThat(IpAddress.parse(value)).isEmpty();
        assertThat(IpAddress.canonical(value)).isEqualTo(value);
    }

    @Test
    void a_value_beyond_the_bound_is_not_looked_at() {
        assertThat(IpAddress.parse("fe80::1%" + "z".repeat(56))).isPresent();
        assertThat(IpAddress.parse("fe80::1%" + "z".repeat(57))).isEmpty();
        assertThat(IpAddress.parse("0:".repeat(1_000_000))).isEmpty();
    }

    @Test
    void agrees_with_the_jdk_on_random_literals() throws UnknownHostException {
        Random random = new Random(11);
        String alphabet = "::::0123af.";
        int parsed = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder value = new StringBuilder();
            int length = 2 + random.nextInt(14);
            for (int j = 0; j < length; j++) {
                value.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String literal = value.toString();
            // The JDK also takes long groups with leading zeros.
            if (literal.indexOf(':') < 0 || LAX.matcher(literal).find()) {
                continue;
            }
            Optional<IpAddress> address = IpAddress.parse(literal);
            assertThat(address.isPresent()).as(literal).isEqualTo(jdk(literal).isPresent());
            if (address.isPresent()) {
                parsed++;
                assertThat(jdk(address.get().toString())).as(literal).isEqualTo(jdk(literal));
            }
        }
        assertThat(parsed).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2:3:4:5:6, 64, 2001:db8:1:2::/64",
        "2001:db8:1:2:3:4:5:6, 128, 2001:db8:1:2:3:4:5:6/128",
        "2001:db8:1:2ff:3:4:5:6, 56, 2001:db8:1:200::/56",
        "ffff::, 1, 8000::/1",
        "fe80::1%eth0, 64, fe80::/64",
    })
    void a_network_has_the_first_bits(String address, int bits, String network) {
        assertThat(IpAddress.parse(address).orElseThrow().network(bits)).isEqualTo(network);
    }

    /** A literal with a colon is never resolved. */
    private static Optional<InetAddress> jdk(String literal) {
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
