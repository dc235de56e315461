package io.postern.auth.servlet;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The response of a granted request, which has the headers of its policy whatever the handler sets or resets. */
final class GuardedResponse extends HttpServletResponseWrapper {

    private final Map<String, String> headers;

    GuardedResponse(HttpServletResponse response, Map<String, String> headers) {
        super(response);
        this.headers = headers;
        addHeaders();
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        super.setHeader(name, value);
        if (name.equalsIgnoreCase("Vary")) {
            addHeaders();
        }
    }

    @Override
    public void reset() {
        super.reset();
        addHeaders();
    }

    private void addHeaders() {
        headers.forEach((name, value) -> {
            // Containers collect the values for getHeaders, and a new response has none.
            if (!containsHeader(name) || !getHeaders(name).contains(value)) {
                addHeader(name, value);
            }
        });
    }
}
