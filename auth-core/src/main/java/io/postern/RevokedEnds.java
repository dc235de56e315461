package io.postern;

import io.postern.auth.refresh.FamilyEnds;
import io.postern.auth.revocation.Revocations;
import java.util.List;

/** Lets the end of logins reach their access tokens. */
record RevokedEnds(Revocations revocations) implements FamilyEnds {

    @Override
    public void familiesEnded(List<String> familyIds) {
        revocations.revokeFamilies(familyIds);
    }

    @Override
    public void userEnded(String userId) {
        revocations.revokeUser(userId);
    }
}
