package io.postern.auth.refresh;

import java.util.List;

enum IgnoredEnds implements FamilyRevocationListener {
    INSTANCE;

    @Override
    public void familiesRevoked(List<String> familyIds) {
        // access tokens live on until they expire, as simplejwt's do
    }

    @Override
    public void userRevoked(String userId) {
        // access tokens live on until they expire, as simplejwt's do
    }
}
