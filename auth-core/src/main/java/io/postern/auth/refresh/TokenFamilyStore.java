package io.postern.auth.refresh;

import io.postern.auth.user.Device;
import io.postern.auth.user.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A refresh token store that groups tokens by login, so that reuse of a token revokes its whole family and users can list
 * and revoke their devices.
 *
 * <p>{@link #rotate} applies {@link Rotation#decide}. Test an implementation by {@code TokenFamilyStoreContract} of {@code
 * auth-testkit}.
 */
public interface TokenFamilyStore extends RefreshTokenStore {

    /**
     * Returns live families of a user, oldest first.
     *
     * @param userId the user
     * @param now the present; families expired by then are left out
     * @param paging the part to return
     */
    List<TokenFamily> list(String userId, Instant now, Paging paging);

    /**
     * Revokes one family of a user.
     *
     * @param userId the user to whom the family must belong
     * @param familyId the family
     * @return false if the user has no such live family
     */
    boolean revokeFamily(String userId, String familyId);

    /**
     * Revokes the families of a user.
     *
     * @param userId the user
     * @param except a family to spare, if any
     * @return the ids of those that were live
     */
    List<String> revokeAll(String userId, Optional<String> except);

    /**
     * The chain of refresh tokens that one login started.
     *
     * @param id the prefix of the id of each of its tokens
     * @param userId the user
     * @param securityStamp the user's security stamp at login; another one means that the password has changed, which ends the
     *     family
     * @param device where it was last used, under the label given at login
     * @param created when the user logged in
     * @param lastRefreshed when it was last refreshed
     * @param expires when the last of its tokens expires; until then it has to be stored
     * @param ends when it ends, however often it is refreshed
     */
    public record TokenFamily(
            String id,
            String userId,
            String securityStamp,
            Device device,
            Instant created,
            Instant lastRefreshed,
            Instant expires,
            Instant ends) {

        /** Rejects null. */
        public TokenFamily {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(userId, "userId");
            Objects.requireNonNull(securityStamp, "securityStamp");
            Objects.requireNonNull(device, "device");
            Objects.requireNonNull(created, "created");
            Objects.requireNonNull(lastRefreshed, "lastRefreshed");
            Objects.requireNonNull(expires, "expires");
            Objects.requireNonNull(ends, "ends");
        }

        /**
         * Returns this family after a refresh.
         *
         * @param from the device; its label is used only if the family has none
         * @param when the time of the refresh
         * @param newest when the newest token expires
         */
        public TokenFamily refreshed(Device from, Instant when, Instant newest) {
            String label = device.label().isEmpty() ? from.label() : device.label();
            Device last = new Device(label, from.address(), from.userAgent());
            Instant end = newest.isAfter(expires) ? newest : expires;
            return new TokenFamily(id, userId, securityStamp, last, created, when, end, ends);
        }

        @Override
        public String toString() {
            return "TokenFamily[" + id + " of " + userId + "]";
        }
    }
}
