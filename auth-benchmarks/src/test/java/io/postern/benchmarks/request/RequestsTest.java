package io.postern.benchmarks.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.benchmarks.contender.Contender;
import io.postern.benchmarks.contender.Contenders;
import io.postern.benchmarks.contender.HandContender;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {

    private final Contender opaque = HandContender.opaque();

    @ParameterizedTest
    @ValueSource(strings = {"missing", "damaged", "wrongScheme"})
    void refusesAFilterThatLetsThrough(String which) {
        var refused = Objects.requireNonNull(opaque.refused());
        var granted = switch (which) {
            case "missing" -> refused.missing();
            case "damaged" -> refused.damaged();
            default -> refused.wrongScheme();
        };
        Filter permissive = (request, response, chain) -> {
            String header = ((HttpServletRequest) request).getHeader("Authorization");
            if (Objects.equals(header, granted.authorization())) {
                chain.doFilter(request, response);
            } else {
                opaque.filter().doFilter(request, response, chain);
            }
        };
        assertThatThrownBy(() -> Requests.good(with(permissive)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lets")
                .hasMessageContaining("credential through");
    }

    @Test
    void refusesAFilterThatRefusesAGoodCredential() {
        Filter closed = (request, response, chain) -> ((HttpServletResponse) response).setStatus(401);
        assertThatThrownBy(() -> Requests.good(with(closed)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("hand answers 401 to a good credential, and the user is null");
    }

    @Test
    void refusesAFilterThatRefusesWithoutAStatus() {
        Filter silent = (request, response, chain) -> opaque.filter()
                .doFilter(
                        request,
                        new HttpServletResponseWrapper((HttpServletResponse) response) {
                            @Override
                            public void setStatus(int status) {}
                        },
                        chain);
        assertThatThrownBy(() -> Requests.good(with(silent)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("hand lets a missing credential through: 200");
    }

    @Test
    void failsWhenAnAnswerChangesWhileItIsMeasured() throws Exception {
        int[] calls = {0};
        Filter tired = (request, response, chain) -> {
            if (calls[0]++ < 100) {
                opaque.filter().doFilter(request, response, chain);
            }
        };
        Requests requests = Requests.good(with(tired));
        assertThatThrownBy(() -> requests.run(200))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("hand: the handler was called \\d+ times of 200");
    }

    static List<String> schemes() {
        return Contenders.schemes();
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void everyCaseIsAnsweredRight(String scheme) throws Exception {
        for (var group : RequestCases.of(scheme).entrySet()) {
            assertThat(group.getValue()).hasSizeGreaterThan(1);
            for (Requests requests : group.getValue()) {
                requests.run(2);
            }
        }
    }

    private Contender with(Filter filter) {
        return new Contender(opaque.name(), filter, opaque.user(), opaque.good(), opaque.refused());
    }
}
