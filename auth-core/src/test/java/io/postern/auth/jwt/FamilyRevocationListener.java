package io.postern.auth.jwt;

import java.util.List;

/** Receives both notifications of {@link JwtTokens.Builder}. */
interface FamilyRevocationListener {

    void familiesRevoked(List<String> familyIds);

    void userRevoked(String userId);
}
