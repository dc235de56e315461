package io.postern.examples.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import io.postern.auth.AuthRequest;
import java.util.List;
import java.util.Objects;

/** Adapts a request of the JDK's server; without sessions no authenticator reads cookies. */
record ExchangeRequest(HttpExchange exchange) implements AuthRequest {

    @Override
    public String method() {
        return exchange.getRequestMethod();
    }

    @Override
    public String path() {
        return exchange.getRequestURI().getPath();
    }

    @Override
    public String rawPath() {
        return exchange.getRequestURI().getRawPath();
    }

    @Override
    public String query() {
        return Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
    }

    @Override
    public List<String> headers(String name) {
        return exchange.getRequestHeaders().getOrDefault(name, List.of());
    }

    @Override
    public List<String> cookies(String name) {
        return List.of();
    }

    @Override
    public String remoteAddress() {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }

    @Override
    public boolean isSecure() {
        return exchange instanceof HttpsExchange;
    }
}
