package io.postern.auth;

enum AnonymousUser implements User {
    INSTANCE;

    @Override
    public String id() {
        return "";
    }

    @Override
    public String username() {
        return "";
    }

    @Override
    public boolean isAuthenticated() {
        return false;
    }

    @Override
    public boolean isActive() {
        return false;
    }

    @Override
    public String toString() {
        return "AnonymousUser";
    }
}
