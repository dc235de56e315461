package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.postern.Postern;
import io.postern.StandardAuthenticators;
import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.user.InMemoryUserStore;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServletPoliciesTest {

    private final ServletPolicies policies = new ServletPolicies(Postern.builder()
            .users(new InMemoryUserStore())
            .authenticators(StandardAuthenticators.basic())
            .permissions(StandardPermissions.isAuthenticated())
            .build());

    /** No container registers a class that it cannot load, but a framework may name a generated one. */
    @Test
    void a_servlet_whose_annotations_cannot_be_read_fails_at_start() {
        ServletRegistration registration = mock(ServletRegistration.class);
        ServletContext context = mock(ServletContext.class);
        when(registration.getClassName()).thenReturn("com.example.Generated$$Proxy");
        when(context.getServletRegistration("report")).thenReturn(registration);
        when(context.getClassLoader()).thenReturn(getClass().getClassLoader());
        doReturn(Map.of("report", registration)).when(context).getServletRegistrations();

        assertThatIllegalStateException()
                .isThrownBy(() -> policies.readAll(context))
                .withMessageContaining("com.example.Generated$$Proxy")
                .withMessageContaining("register a class of the application");
        assertThatIllegalStateException().isThrownBy(() -> policies.of(context, "report"));
    }
}
