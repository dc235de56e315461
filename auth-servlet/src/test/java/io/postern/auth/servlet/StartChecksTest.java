package io.postern.auth.servlet;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers that the tests cannot start. */
class StartChecksTest {

    private final ServletContext context = mock(ServletContext.class);
    private final FilterConfig config = mock(FilterConfig.class);

    @BeforeEach
    void filter_is_in_the_context() {
        when(config.getServletContext()).thenReturn(context);
        when(config.getFilterName()).thenReturn("postern");
    }

    @Test
    void a_filter_for_upgrades_that_may_stand_in_front_is_refused_at_start() {
        FilterRegistration upgrades = mock(FilterRegistration.class);
        when(upgrades.getName()).thenReturn("upgrades");
        when(upgrades.getClassName()).thenReturn("org.example.WebSocketUpgradeFilter");
        doReturn(Map.of("upgrades", upgrades)).when(context).getFilterRegistrations();

        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> StartChecks.precedeUpgrades(config))
                .withMessageContaining("upgrades")
                .withMessageContaining("before Postern is asked");
    }

    @Test
    void other_filters_are_left_where_they_are() {
        FilterRegistration other = mock(FilterRegistration.class);
        when(other.getClassName()).thenReturn("org.example.Encoding");
        doReturn(Map.of("encoding", other)).when(context).getFilterRegistrations();

        assertThatCode(() -> StartChecks.precedeUpgrades(config)).doesNotThrowAnyException();
    }

    @Test
    void a_container_of_servlet_5_is_refused_at_start() {
        when(context.getMajorVersion()).thenReturn(5);

        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> StartChecks.requireServlet6(context))
                .withMessageContaining("Servlet 6.0");
    }
}
