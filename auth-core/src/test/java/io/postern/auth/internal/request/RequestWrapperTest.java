package io.postern.auth.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.AuthRequest;
import io.postern.auth.testkit.FakeRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestWrapperTest {

    @Test
    void a_wrapper_delegates_every_method() {
        FakeRequest inner = FakeRequest.of("PUT", "/a")
                .rawPath("/%61")
                .query("b=%63")
                .header("Host", "h")
                .cookie("c", "1")
                .formField("f", "2")
                .remoteUser("ann")
                .overTls();
        RequestWrapper wrapper = () -> inner;

        assertThat(wrapper.method()).isEqualTo("PUT");
        assertThat(wrapper.path()).isEqualTo("/a");
        assertThat(wrapper.rawPath()).isEqualTo("/%61");
        assertThat(wrapper.query()).isEqualTo("b=%63");
        assertThat(wrapper.host()).contains("h");
        assertThat(wrapper.headers("host")).containsExactly("h");
        assertThat(wrapper.header("host")).contains("h");
        assertThat(wrapper.cookies("c")).containsExactly("1");
        assertThat(wrapper.formField("f")).contains("2");
        assertThat(wrapper.remoteUser()).contains("ann");
        assertThat(wrapper.remoteAddress()).isEqualTo("192.0.2.1");
        assertThat(wrapper.isSecure()).isTrue();
        assertThat(wrapper.session()).isSameAs(inner.session());
    }

    @Test
    void a_wrapper_unwraps_what_the_wrapped_request_unwraps() {
        RequestWrapper unwrapping = new RequestWrapper() {
            @Override
            public AuthRequest wrapped() {
                return FakeRequest.get();
            }

            @Override
            public <T> Optional<T> unwrap(Class<T> type) {
                return Optional.of(type.cast("the framework's own"));
            }
        };
        RequestWrapper wrapper = () -> unwrapping;

        assertThat(wrapper.unwrap(String.class)).contains("the framework's own");
    }
}
