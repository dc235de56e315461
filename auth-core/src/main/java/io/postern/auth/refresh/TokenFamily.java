package io.postern.auth.refresh;

import io.postern.auth.user.Device;
import java.time.Instant;
import java.util.Objects;

/**
 * A login and all tokens that came of it, one after the other.
 *
 * @param id begins the id of each of its tokens
 * @param userId whose login it is
 * @param securityStamp the user's stamp at login; another one by now means another password, and the family is over
 * @param device where it was last used, under the label it was given
 * @param created when the login was made
 * @param lastRefreshed when it was last refreshed
 * @param expires when the last of its tokens ends; until then it has to be remembered
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

    /**
     * Refuses null.
     *
     * @param id begins the id of each of its tokens
     * @param userId whose login it is
     * @param securityStamp the user's stamp at login
     * @param device where it was last used, under the label it was given
     * @param created when the login was made
     * @param lastRefreshed when it was last refreshed
     * @param expires when the last of its tokens ends
     * @param ends when it ends, however often it is refreshed
     */
    public TokenFamily {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(securityStamp, "stamp");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(lastRefreshed, "lastRefreshed");
        Objects.requireNonNull(expires, "expires");
        Objects.requireNonNull(ends, "ends");
    }

    /**
     * Returns this family as refreshed at another time and place.
     *
     * @param from where; its label counts only if there is none yet
     * @param when the time
     * @param newest when the newest token ends
     * @return a new record
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
