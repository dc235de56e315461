package io.postern.auth.servlet;

import io.postern.auth.User;
import java.util.Set;

record TestUser(String username, Set<String> roles) implements User {

    @Override
    public String id() {
        return "id-" + username;
    }

    @Override
    public boolean isStaff() {
        return username.equals("root");
    }
}
