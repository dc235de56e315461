package io.postern.benchmarks;

import io.postern.auth.AuthRequest;
import java.util.List;

/** A request that has nothing but a credential. */
record BareRequest(String authorization) implements AuthRequest {

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
        return name.equals("Authorization") ? List.of(authorization) : List.of();
    }

    @Override
    public List<String> cookies(String name) {
        return List.of();
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public String toString() {
        return "BareRequest[***]";
    }
}
