package io.postern.auth.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.AuthRequest;
import io.postern.auth.SessionHandle;
import io.postern.auth.internal.request.RequestWrapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    private static final String PEER = "10.0.0.1";

    @Test
    void none_believes_no_header() {
        assertThat(client(Proxies.none(), "203.0.113.9")).isEqualTo(PEER);
        assertThat(client(Proxies.trusted(0), "203.0.113.9")).isEqualTo(PEER);
    }

    @ParameterizedTest
    @CsvSource({
        "1, '203.0.113.9', 203.0.113.9",
        "1, '6.6.6.6, 203.0.113.9', 203.0.113.9",
        "2, '6.6.6.6, 203.0.113.9,10.0.0.2', 203.0.113.9",
        "3, '6.6.6.6, 203.0.113.9, 10.0.0.2', 6.6.6.6",
        "9, '6.6.6.6, 203.0.113.9', 6.6.6.6",
        "1, ' 203.0.113.9\t', 203.0.113.9",
        "1, '2001:db8::1', 2001:db8::1",
        "1, 'unknown', unknown",
        "1, '203.0.113.9:4711', 203.0.113.9",
        "1, '[2001:db8::1]:4711', 2001:db8::1",
        "1, '[2001:DB8:0:0::1]', 2001:db8::1",
        "1, '2001:0DB8:0:0:0:0:0:1', 2001:db8::1",
        "1, '::ffff:203.0.113.9', 203.0.113.9",
        "1, '[::ffff:203.0.113.9]:80', 203.0.113.9",
        "1, 'fe80::1%eth0', fe80::1%eth0",
        "1, '\u00a0203.0.113.9\u0085\u00a0', 203.0.113.9",
        "1, '203.0.113.9:', 203.0.113.9:",
        "1, 'host:4711', host:4711",
    })
    void a_number_of_proxies_takes_the_entry_from_the_right(int count, String header, String expected) {
        assertThat(client(Proxies.trusted(count), header)).isEqualTo(expected);
    }

    @Test
    void several_header_lines_are_one_list_in_their_order() {
        assertThat(client(Proxies.trusted(2), "6.6.6.6", "203.0.113.9", "10.0.0.2"))
                .isEqualTo("203.0.113.9");
        assertThat(client(Proxies.trusted(1), "6.6.6.6, 203.0.113.9", "10.0.0.2"))
                .isEqualTo("10.0.0.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "203.0.113.9,", "203.0.113.9, \t", "\0"})
    void a_blank_entry_means_the_peer(String header) {
        assertThat(client(Proxies.trusted(1), header)).isEqualTo(PEER);
    }

    @Test
    void an_absent_header_means_the_peer() {
        assertThat(client(Proxies.trusted(1))).isEqualTo(PEER);
        assertThat(client(Proxies.trusted(Set.of(PEER)))).isEqualTo(PEER);
        assertThat(client(Proxies.drfNumProxiesUnset())).isEqualTo(PEER);
        assertThat(client(Proxies.drfNumProxiesUnset(), "")).isEqualTo(PEER);
        assertThat(client(Proxies.drfNumProxiesUnset(), " ")).isEqualTo(PEER);
    }

    @Test
    void what_is_no_address_is_cut_and_loses_its_control_characters() {
        assertThat(client(Proxies.trusted(1), "a\r\nb\u0000\u0085c")).isEqualTo("abc");
        assertThat(client(Proxies.trusted(1), "x".repeat(10_000))).isEqualTo("x".repeat(64));
        assertThat(client(Proxies.drfNumProxiesUnset(), "x".repeat(10_000)))
                .hasSize(256)
                .startsWith("x".repeat(191) + "~");
    }

    @ParameterizedTest
    @CsvSource({
        "'203.0.113.9', 203.0.113.9",
        "'6.6.6.6, 203.0.113.9', 203.0.113.9",
        "'6.6.6.6, 203.0.113.9, 10.0.0.2', 203.0.113.9",
        "'6.6.6.6, 203.0.113.9, 10.0.0.1, 10.0.0.2', 203.0.113.9",
        "'6.6.6.6, 10.0.0.2, 203.0.113.9', 203.0.113.9",
        "'10.0.0.1, 10.0.0.2', 10.0.0.1",
        "'6.6.6.6, , 10.0.0.2', 10.0.0.2",
        "'203.0.113.9, ', 10.0.0.1",
    })
    void named_proxies_take_the_first_address_that_is_no_proxy(String header, String expected) {
        assertThat(client(Proxies.trusted(Set.of(PEER, "10.0.0.2")), header)).isEqualTo(expected);
    }

    @Test
    void named_proxies_do_not_believe_another_peer() {
        assertThat(client(Proxies.trusted(Set.of("10.0.0.2")), "203.0.113.9, 10.0.0.2"))
                .isEqualTo(PEER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8:0:0:0:0:0:1", "2001:DB8::1", "[2001:db8::1]", "2001:db8::0.0.0.1"})
    void a_proxy_s_ipv6_address_may_be_written_in_any_way(String peer) {
        AuthRequest request = new Request(peer, false, Map.of("x-forwarded-for", List.of("203.0.113.9")));

        assertThat(Proxies.trusted(Set.of("2001:db8::1")).view(request).remoteAddress())
                .isEqualTo("203.0.113.9");
        assertThat(Proxies.trusted(Set.of("2001:db8::2")).view(request).remoteAddress())
                .isEqualTo("2001:db8::1");
    }

    @Test
    void drf_s_default_takes_the_whole_header_without_white_space() {
        assertThat(client(Proxies.drfNumProxiesUnset(), "6.6.6.6, 203.0.113.9 ,\t10.0.0.2", "1.2.3.4"))
                .isEqualTo("6.6.6.6,203.0.113.9,10.0.0.2,1.2.3.4");
        assertThat(client(Proxies.drfNumProxiesUnset(), "\u00a06.6.6.6,\u0085 203.0.113.9\u001c"))
                .isEqualTo("6.6.6.6,203.0.113.9");
    }

    @Test
    void drf_s_default_distinguishes_long_lists_by_their_ends() {
        String list = "203.0.113.9, ".repeat(100);
        Proxies proxies = Proxies.drfNumProxiesUnset();

        assertThat(client(proxies, list + "6.6.6.6"))
                .hasSize(256)
                .isEqualTo(client(proxies, list + "6.6.6.6"))
                .isNotEqualTo(client(proxies, list + "6.6.6.7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:DB8:0:0:0:0:0:1", "[2001:db8::1]", "2001:db8::0.0.0.1"})
    void the_peer_s_address_has_one_notation(String peer) {
        AuthRequest request = new Request(peer, false, Map.of());

        assertThat(Proxies.none().view(request).remoteAddress()).isEqualTo("2001:db8::1");
    }

    @Test
    void a_header_of_colons_is_not_parsed_as_an_address() {
        String colons = ":".repeat(1_000_000);

        assertThat(client(Proxies.trusted(Set.of(PEER)), colons)).isEqualTo(colons.substring(0, 64));
    }

    @Test
    void the_server_s_own_word_stands_without_a_secure_header() {
        AuthRequest claimed = new Request(PEER, false, Map.of("x-forwarded-proto", List.of("https")));
        Proxies named = Proxies.none().withSecureHeader("X-Forwarded-Proto", "https");

        assertThat(Proxies.trusted(1).view(claimed).isSecure()).isFalse();
        assertThat(named.view(new Request(PEER, true, Map.of())).isSecure()).isTrue();
        assertThat(named.view(new Request(PEER, false, Map.of())).isSecure()).isFalse();
    }

    /** As in Django since 4.1; the case is not Django's. */
    @ParameterizedTest
    @CsvSource({
        "https, true",
        "http, false",
        "HTTPS, true",
        "' https ', true",
        "'https,http', true",
        "'https, https', true",
        "'HTTPS , http, http', true",
        "'http,https', false",
        "',https', false",
        "httpsx, false",
        "'https http', false",
        "'', false"
    })
    void the_leftmost_entry_of_a_secure_header_decides(String value, boolean expected) {
        Proxies proxies = Proxies.trusted(1).withSecureHeader("X-Forwarded-Proto", "https");
        Map<String, List<String>> headers = Map.of("x-forwarded-proto", List.of(value));

        assertThat(proxies.view(new Request(PEER, false, headers)).isSecure()).isEqualTo(expected);
        assertThat(proxies.view(new Request(PEER, true, headers)).isSecure()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"https, http, true", "http, https, false"})
    void repeated_lines_of_a_secure_header_are_one_list(String first, String second, boolean expected) {
        Proxies proxies = Proxies.trusted(1).withSecureHeader("X-Forwarded-Proto", "HTTPS");
        Map<String, List<String>> headers = Map.of("x-forwarded-proto", List.of(first, second));

        assertThat(proxies.view(new Request(PEER, false, headers)).isSecure()).isEqualTo(expected);
    }

    @Test
    void a_secure_header_counts_only_from_a_named_proxy_if_there_are_any() {
        Map<String, List<String>> headers = Map.of("x-forwarded-proto", List.of("https"));
        Request request = new Request(PEER, false, headers);
        Proxies here = Proxies.trusted(Set.of(PEER)).withSecureHeader("X-Forwarded-Proto", "https");
        Proxies elsewhere = Proxies.trusted(Set.of("10.0.0.2")).withSecureHeader("X-Forwarded-Proto", "https");

        assertThat(here.view(request).isSecure()).isTrue();
        assertThat(elsewhere.view(request).isSecure()).isFalse();
    }

    @Test
    void everything_else_is_as_received() {
        AuthRequest request = new Request(PEER, false, Map.of("x-a", List.of("1", "2")));
        AuthRequest view = Proxies.trusted(1).view(request);

        assertThat(view.method()).isEqualTo("POST");
        assertThat(view.path()).isEqualTo("/a b");
        assertThat(view.rawPath()).isEqualTo("/a%20b");
        assertThat(view.headers("X-A")).containsExactly("1", "2");
        assertThat(view.header("X-A")).contains("1");
        assertThat(view.cookies("c")).containsExactly("c1");
        assertThat(view.formField("f")).contains("f1");
        assertThat(view.remoteUser()).contains("alice");
        assertThat(view.session()).isSameAs(request.session());
    }

    /** Containers and the header do not give it for nothing, and few requests need it. */
    @Test
    void the_address_is_determined_once_and_only_if_it_is_asked_for() {
        AtomicInteger asked = new AtomicInteger();
        RequestWrapper request = new RequestWrapper() {
            @Override
            public AuthRequest wrapped() {
                return new Request(PEER, true, Map.of());
            }

            @Override
            public String remoteAddress() {
                asked.incrementAndGet();
                return PEER;
            }
        };

        AuthRequest view = Proxies.none().view(request);
        assertThat(view.isSecure()).isTrue();
        assertThat(asked).hasValue(0);
        assertThat(view.remoteAddress()).isEqualTo(PEER);
        assertThat(view.remoteAddress()).isEqualTo(PEER);
        assertThat(asked).hasValue(1);
    }

    @Test
    void refuses_settings_that_make_no_sense() {
        assertThatIllegalArgumentException().isThrownBy(() -> Proxies.trusted(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Proxies.trusted(Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8",
                "proxy.example",
                "10.0.0.*",
                "10.0.0.1-9",
                "10.0.0",
                "010.0.0.1",
                "256.0.0.1",
                "10.0.0.1.",
                "10.0.0.1.2",
                " 10.0.0.1",
                "10.0.0.1:80",
                "2001:db8::/32",
                "fe80::1%eth0",
                ":::",
                ""
            })
    void a_trusted_proxy_is_an_address_and_no_name_or_range(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proxies.trusted(Set.of(text)))
                .withMessageContaining("Proxies.trusted(count)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "0.0.0.0", "255.249.199.99", "::1", "[::1]", "2001:DB8::1", "::ffff:10.0.0.1"})
    void an_address_is_one(String text) {
        assertThat(Proxies.trusted(Set.of(text))
                        .view(new Request(text, false, Map.of("x-forwarded-for", List.of("203.0.113.9"))))
                        .remoteAddress())
                .isEqualTo("203.0.113.9");
    }

    private static String client(Proxies proxies, String... forwardedFor) {
        Map<String, List<String>> headers = Map.of("x-forwarded-for", List.of(forwardedFor));
        return proxies.view(new Request(PEER, false, headers)).remoteAddress();
    }

    private record Request(
            String remoteAddress, boolean isSecure, Map<String, List<String>> lines, SessionHandle session)
            implements AuthRequest {

        Request(String remoteAddress, boolean isSecure, Map<String, List<String>> lines) {
            this(remoteAddress, isSecure, lines, SessionHandle.none());
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/a b";
        }

        @Override
        public String rawPath() {
            return "/a%20b";
        }

        @Override
        public List<String> headers(String name) {
            return lines.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        }

        @Override
        public List<String> cookies(String name) {
            return List.of(name + "1");
        }

        @Override
        public Optional<String> formField(String name) {
            return Optional.of(name + "1");
        }

        @Override
        public Optional<String> remoteUser() {
            return Optional.of("alice");
        }
    }
}
