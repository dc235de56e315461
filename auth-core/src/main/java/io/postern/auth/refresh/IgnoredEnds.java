package io.postern.auth.refresh;

import java.util.List;

enum IgnoredEnds implements FamilyEnds {
    INSTANCE;

    @Override
    public void familiesEnded(List<String> familyIds) {
        // access tokens live on until they expire, as simplejwt's do
    }

    @Override
    public void userEnded(String userId) {
        // access tokens live on until they expire, as simplejwt's do
    }
}
