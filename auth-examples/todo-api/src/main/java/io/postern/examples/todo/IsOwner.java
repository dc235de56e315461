package io.postern.examples.todo;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;
import io.postern.auth.User;

/** Grants users access to their own todos, and staff to all; evaluated by {@code ObjectPermissions.check}. */
record IsOwner() implements Permission {

    @Override
    public boolean allows(AuthRequest request, Authentication authentication) {
        return true;
    }

    @Override
    public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
        User user = authentication.user();
        return user.isStaff() || (object instanceof Todo todo && todo.owner().equals(user.id()));
    }
}
