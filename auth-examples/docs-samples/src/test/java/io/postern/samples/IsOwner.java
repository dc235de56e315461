package io.postern.samples;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;

// sample: is-owner
/** Grants users access to their own notes. */
record IsOwner() implements Permission {

    @Override
    public boolean allows(AuthRequest request, Authentication who) {
        return who.isAuthenticated();
    }

    @Override
    public boolean allowsObject(AuthRequest request, Authentication who, Object object) {
        return object instanceof Note note && note.owner().equals(who.user().id());
    }
}
// end
