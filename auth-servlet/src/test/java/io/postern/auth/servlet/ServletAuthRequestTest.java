package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServletAuthRequestTest {

    private final HttpServletRequest container = mock(HttpServletRequest.class);
    private final ServletAuthRequest request = new ServletAuthRequest(container);

    @Test
    void has_every_value_of_a_header_in_the_order_received() {
        when(container.getHeaders("X-One")).thenReturn(Collections.enumeration(List.of("a")));
        when(container.getHeaders("X-Three")).thenReturn(Collections.enumeration(List.of("a", "b", "a")));
        when(container.getHeaders("X-None")).thenReturn(Collections.emptyEnumeration());

        assertThat(request.headers("X-One")).containsExactly("a");
        assertThat(request.headers("X-Three")).containsExactly("a", "b", "a");
        assertThat(request.headers("X-None")).isEmpty();
    }

    @Test
    void asks_the_container_once_for_the_authorization_which_several_read() {
        when(container.getHeaders("Authorization"))
                .thenReturn(Collections.enumeration(List.of("Basic YTpi", "Bearer x")));

        assertThat(request.headers("Authorization")).containsExactly("Basic YTpi", "Bearer x");
        assertThat(request.header("Authorization")).contains("Basic YTpi");
        verify(container, times(1)).getHeaders("Authorization");
    }
}
