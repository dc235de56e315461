package io.postern;

import io.postern.auth.endpoint.Endpoints;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * What another module adds to a {@link Postern}: signed tokens are one, in {@code auth-jwt}.
 *
 * <pre>{@code
 * Postern.builder().users(users).jwt(keys)
 * }</pre>
 *
 * Implement this to bring a service with endpoints of its own, built upon what the application has configured already.
 * Its authenticators are {@link AuthenticatorFactory}s that find the service by {@link Components#service}.
 */
@FunctionalInterface
public interface Extension {

    /**
     * Makes the service; called once, by {@link PosternBuilder#build()}.
     *
     * @param parts what is configured, and the services of extensions that were added before this one
     * @return the service
     * @throws IllegalStateException if a part is missing; the message names the call that mends it
     */
    Service build(Components parts);

    /** What an extension has made. It must be safe for use by several threads. */
    interface Service {

        /**
         * Adds its endpoints to those of the application; none by default.
         *
         * @param endpoints collects them
         */
        default void addTo(Endpoints.Builder endpoints) {}

        /**
         * Deletes what it stores about a user, who is about to be deleted; nothing by default. It may be called again, after
         * a failure and after the deletion. If it throws, the user is not deleted.
         */
        default void deleteUserData(String userId) {}

        /**
         * Returns what forgets rows that have expired, one for each store; nothing is kept by default. Each takes how many
         * rows to forget at most and returns how many it forgot, fewer only if none is left; one that throws keeps none of
         * the others from its work.
         *
         * @return the purges
         */
        default List<IntUnaryOperator> expiryJobs() {
            return List.of();
        }
    }
}
