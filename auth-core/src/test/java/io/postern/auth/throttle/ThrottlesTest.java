package io.postern.auth.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.InMemoryStores;
import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Throttle;
import io.postern.auth.Throttle.Admission;
import io.postern.auth.User;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottlesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final String ONE_A_MINUTE = "1/min";
    private static final Authentication ANONYMOUS = Authentication.anonymous();

    private final CounterStore store = new InMemoryStores().counters();

    @Test
    void anon_limits_each_address() {
        Throttle throttle = StandardThrottles.anon(ONE_A_MINUTE).in(store, CLOCK);

        assertThat(passes(throttle, "192.0.2.1", ANONYMOUS)).isTrue();
        assertThat(passes(throttle, "192.0.2.1", ANONYMOUS)).isFalse();
        assertThat(passes(throttle, "192.0.2.2", ANONYMOUS)).isTrue();
    }

    @Test
    void anon_lets_users_pass_uncounted() {
        Throttle throttle = StandardThrottles.anon("0/min").in(store, CLOCK);

        assertThat(passes(throttle, "192.0.2.1", user("1"))).isTrue();
        assertThat(passes(throttle, "192.0.2.1", ANONYMOUS)).isFalse();
    }

    @Test
    void user_limits_a_user_at_all_addresses_together() {
        Throttle throttle = StandardThrottles.user(ONE_A_MINUTE).in(store, CLOCK);

        assertThat(passes(throttle, "192.0.2.1", user("1"))).isTrue();
        assertThat(passes(throttle, "192.0.2.2", user("1"))).isFalse();
        assertThat(passes(throttle, "192.0.2.1", user("2"))).isTrue();
    }

    @Test
    void user_limits_nobody_by_the_address() {
        Throttle throttle = StandardThrottles.user(ONE_A_MINUTE).in(store, CLOCK);

        assertThat(passes(throttle, "192.0.2.1", ANONYMOUS)).isTrue();
        assertThat(passes(throttle, "192.0.2.1", ANONYMOUS)).isFalse();
        assertThat(passes(throttle, "192.0.2.2", ANONYMOUS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "address:192.0.2.1"})
    void a_user_s_id_never_equals_an_address(String id) {
        Throttle throttle = StandardThrottles.user(ONE_A_MINUTE).in(store, CLOCK);

        assertThat(passes(throttle, "192.0.2.1", ANONYMOUS)).isTrue();
        assertThat(passes(throttle, "192.0.2.1", user(id))).isTrue();
    }

    @Test
    void scopes_count_apart_and_the_same_scope_counts_together() {
        Throttle user = StandardThrottles.user(ONE_A_MINUTE).in(store, CLOCK);
        Throttle burst = StandardThrottles.scoped("burst", ONE_A_MINUTE).in(store, CLOCK);
        Throttle scoped = StandardThrottles.scoped("burst", ONE_A_MINUTE).in(store, CLOCK);
        Throttle other = StandardThrottles.scoped("uploads", ONE_A_MINUTE).in(store, CLOCK);

        assertThat(passes(user, "192.0.2.1", ANONYMOUS)).isTrue();
        assertThat(passes(burst, "192.0.2.1", ANONYMOUS)).isTrue();
        assertThat(passes(scoped, "192.0.2.1", ANONYMOUS)).isFalse();
        assertThat(passes(other, "192.0.2.1", ANONYMOUS)).isTrue();
    }

    @Test
    void scoped_limits_users_by_id_and_nobody_by_address() {
        Throttle throttle = StandardThrottles.scoped("uploads", ONE_A_MINUTE).in(store, CLOCK);

        assertThat(passes(throttle, "192.0.2.1", user("1"))).isTrue();
        assertThat(passes(throttle, "192.0.2.2", user("1"))).isFalse();
        assertThat(passes(throttle, "192.0.2.1", ANONYMOUS)).isTrue();
        assertThat(passes(throttle, "192.0.2.1", ANONYMOUS)).isFalse();
    }

    @Test
    void keys_name_scope_and_caller() {
        List<String> keys = new ArrayList<>();
        CounterStore recorder = (key, rate, now) -> {
            keys.add(key);
            return new Admission.Admitted();
        };
        passes(StandardThrottles.anon(ONE_A_MINUTE).in(recorder, CLOCK), "2001:db8::1", ANONYMOUS);
        passes(StandardThrottles.user(ONE_A_MINUTE).in(recorder, CLOCK), "192.0.2.1", user("7"));
        passes(StandardThrottles.scoped("a_b", ONE_A_MINUTE).in(recorder, CLOCK), "192.0.2.1", ANONYMOUS);

        assertThat(keys)
                .containsExactly(
                        "throttle_anon_address:2001:db8::/64",
                        "throttle_user_user:7",
                        "throttle_a_b_address:192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8:1:2:ffff:ffff:ffff:ffff",
                "2001:DB8:1:2::1",
                "[2001:db8:1:2::7]",
                "2001:0db8:0001:0002:0:0:0:9",
                "2001:db8:1:2::192.0.2.1"
            })
    void an_ipv6_network_is_one_caller(String address) {
        Throttle throttle = StandardThrottles.anon(ONE_A_MINUTE).in(store, CLOCK);
        Throttle exact = StandardThrottles.scoped("exact", ONE_A_MINUTE)
                .withIpv6Prefix(128)
                .in(store, CLOCK);
        Throttle wide = StandardThrottles.scoped("wide", ONE_A_MINUTE)
                .withIpv6Prefix(56)
                .in(store, CLOCK);

        for (Throttle each : List.of(throttle, exact, wide)) {
            assertThat(passes(each, "2001:db8:1:2::5", ANONYMOUS)).isTrue();
        }
        assertThat(passes(throttle, address, ANONYMOUS)).isFalse();
        assertThat(passes(throttle, "2001:db8:1:3::5", ANONYMOUS)).isTrue();
        assertThat(passes(exact, address, ANONYMOUS)).isTrue();
        assertThat(passes(wide, "2001:db8:1:3::5", ANONYMOUS)).isFalse();
        assertThat(passes(wide, "2001:db8:1:103::5", ANONYMOUS)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StandardThrottles.anon("1/m").withIpv6Prefix(129));
    }

    @Test
    void an_ipv4_mapped_address_is_that_of_ipv4() {
        Throttle throttle = StandardThrottles.anon(ONE_A_MINUTE).in(store, CLOCK);

        assertThat(passes(throttle, "192.0.2.1", ANONYMOUS)).isTrue();
        assertThat(passes(throttle, "::ffff:192.0.2.1", ANONYMOUS)).isFalse();
        assertThat(passes(throttle, "::FFFF:c000:201", ANONYMOUS)).isFalse();
        assertThat(passes(throttle, "::ffff:192.0.2.2", ANONYMOUS)).isTrue();
    }

    @Test
    void time_comes_from_the_clock() {
        StandardThrottles.user(ONE_A_MINUTE).in(store, CLOCK).admit(request("192.0.2.1"), ANONYMOUS);
        Clock later = Clock.offset(CLOCK, Duration.ofSeconds(20));

        assertThat(StandardThrottles.user(ONE_A_MINUTE).in(store, later).admit(request("192.0.2.1"), ANONYMOUS))
                .isEqualTo(new Admission.Refused(Optional.of(Duration.ofSeconds(40))));
    }

    @Test
    void texts_are_read_as_rates_and_the_system_s_clock_is_the_default() {
        assertThat(passes(StandardThrottles.anon("0/day").in(store), "192.0.2.1", ANONYMOUS))
                .isFalse();
        assertThat(passes(StandardThrottles.user("0/day").in(store), "192.0.2.1", ANONYMOUS))
                .isFalse();
        assertThat(passes(StandardThrottles.scoped("a", "0/day").in(store), "192.0.2.1", ANONYMOUS))
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StandardThrottles.anon("10").in(store));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a b", "a\n", "ä"})
    void refuses_names_of_scopes_that_could_be_mistaken(String scope) {
        assertThatIllegalArgumentException().isThrownBy(() -> StandardThrottles.scoped(scope, "1/m"));
    }

    private static boolean passes(Throttle throttle, String address, Authentication authentication) {
        return throttle.admit(request(address), authentication) instanceof Admission.Admitted;
    }

    private static Authentication user(String id) {
        return new Authentication(new Member(id), Optional.empty(), Optional.empty());
    }

    private static AuthRequest request(String address) {
        return new Request(address);
    }

    private record Member(String id) implements User {

        @Override
        public String username() {
            return "name" + id;
        }
    }

    private record Request(String remoteAddress) implements AuthRequest {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public List<String> cookies(String name) {
            return List.of();
        }

        @Override
        public boolean isSecure() {
            return true;
        }
    }
}
