package io.postern.auth;

import java.util.Map;
import java.util.Optional;

enum NoSession implements SessionHandle {
    INSTANCE;

    @Override
    public Optional<String> attribute(String name) {
        return Optional.empty();
    }

    @Override
    public void renew(Map<String, String> attributes) {
        throw new UnsupportedOperationException("this AuthRequest has no sessions; implement AuthRequest.session()");
    }

    @Override
    public void invalidate() {
        // no session exists
    }
}
