package io.postern;

import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Adds a feature to a {@link Postern}: a service with endpoints, authenticators, login steps and expiry jobs of its
 * own.
 *
 * <pre>{@code
 * Postern.builder().with((components, registry) -> {
 *     GuestPasses passes = new GuestPasses(components.clock());
 *     registry.service(passes).authenticators(passes.authenticator()).expiryJob(passes::deleteExpired);
 * })
 * }</pre>
 *
 * <p>The order in which extensions are added does not matter, and there may be several of one class: all of them are
 * configured, then all of them are started, and only then can the services of one be looked up by another.
 */
@FunctionalInterface
public interface Extension {

    /**
     * Sets defaults, between those of the preset and the application's own calls, which override them. Called by
     * {@link PosternBuilder#with}. Authenticators belong into {@link #start}, where they are added after the application's.
     *
     * @param defaults collects them
     */
    default void configure(PosternBuilder defaults) {}

    /**
     * Creates what the extension contributes. Called once by {@link PosternBuilder#build()}.
     *
     * @param components the configured components; services of extensions and the login flow cannot be used before all
     *     extensions are started, so look them up in an endpoint or an {@link AuthenticatorFactory}
     * @param registry collects the contributions
     * @throws IllegalStateException if a component is missing; the message names the call that adds it
     */
    void start(Components components, Registry registry);

    /** Deletes expired rows of one store. Implementations are safe for use by several threads. */
    @FunctionalInterface
    interface ExpiryJob {

        /**
         * Deletes expired rows.
         *
         * @param limit the maximum number of rows to delete
         * @return the number of deleted rows; less than the limit if no more are left
         * @throws io.postern.auth.StoreException if the store fails
         */
        int deleteExpired(int limit);
    }

    /** Collects the contributions of extensions. Not safe for use by several threads. */
    final class Registry {

        private final List<Named> services = new ArrayList<>();
        private final List<LoginStep> loginSteps = new ArrayList<>();
        private final List<CredentialIssuer> credentialIssuers = new ArrayList<>();
        private final List<ExpiryJob> expiryJobs = new ArrayList<>();
        private final List<Consumer<String>> userDeletions = new ArrayList<>();
        private PolicySpec defaultPolicy;
        private UnaryOperator<Endpoints.Builder> endpoints = UnaryOperator.identity();

        Registry(PolicySpec defaultPolicy) {
            this.defaultPolicy = defaultPolicy;
        }

        /**
         * Adds a service, to be found by {@link Postern#service(Class)}.
         *
         * @param service safe for use by several threads
         * @throws IllegalStateException if there is one of this class without a name
         */
        public Registry service(Object service) {
            return service("", service);
        }

        /**
         * Adds a service with a name, to be found by {@link Postern#service(Class, String)}.
         *
         * @param name distinguishes it from others of its class
         * @param service safe for use by several threads
         * @throws IllegalStateException if there is one of this class and name
         */
        public Registry service(String name, Object service) {
            Class<?> type = service.getClass();
            if (services.stream().anyMatch(other -> other.isA(type, name))) {
                throw new IllegalStateException("two services of " + type.getName() + " are named \"" + name
                        + "\": give each a name of its own by registry.service(name, service)");
            }
            services.add(new Named(name, service));
            return this;
        }

        /**
         * Adds authenticators to the default policy, after those of the application.
         *
         * @param first an {@code Authenticator} or an {@link AuthenticatorFactory}
         * @param others tried next, in order
         */
        public Registry authenticators(Policy.AuthenticatorSource first, Policy.AuthenticatorSource... others) {
            defaultPolicy = defaultPolicy.authenticators(first, others);
            return this;
        }

        /**
         * Adds endpoints to the ready-made ones.
         *
         * @param change for instance {@code all -> all.addPublic("/guest/", methods -> methods.post(endpoint))}
         */
        public Registry endpoints(UnaryOperator<Endpoints.Builder> change) {
            UnaryOperator<Endpoints.Builder> before = endpoints;
            endpoints = all -> change.apply(before.apply(all));
            return this;
        }

        /**
         * Adds steps that every login runs, after those of the application.
         *
         * @param first the first step
         * @param others further steps
         */
        public Registry loginSteps(LoginStep first, LoginStep... others) {
            loginSteps.add(first);
            loginSteps.addAll(List.of(others));
            return this;
        }

        /**
         * Adds a credential that logins can select by the issuer's name, as by {@link PosternBuilder#loginIssuer}.
         *
         * @param issuer its name must be unique, or {@link PosternBuilder#build()} throws
         */
        public Registry credentialIssuer(CredentialIssuer issuer) {
            credentialIssuers.add(issuer);
            return this;
        }

        /**
         * Adds an operation that deletes what is stored about a user, for {@link Postern#deleteUser} and {@link
         * Postern#deleteUserData}. It runs before the user is deleted and once more after it, and again after a failure;
         * if it throws, the user is not deleted.
         *
         * @param deletion receives the user's id; safe for use by several threads
         */
        public Registry userDeletion(Consumer<String> deletion) {
            userDeletions.add(deletion);
            return this;
        }

        /** Adds a job that {@link Postern#deleteExpired()} runs, whether or not others fail. */
        public Registry expiryJob(ExpiryJob job) {
            expiryJobs.add(job);
            return this;
        }

        List<Named> services() {
            return List.copyOf(services);
        }

        List<LoginStep> loginSteps() {
            return List.copyOf(loginSteps);
        }

        List<CredentialIssuer> credentialIssuers() {
            return List.copyOf(credentialIssuers);
        }

        List<Consumer<String>> userDeletions() {
            return List.copyOf(userDeletions);
        }

        List<ExpiryJob> expiryJobs() {
            return List.copyOf(expiryJobs);
        }

        PolicySpec defaultPolicy() {
            return defaultPolicy;
        }

        UnaryOperator<Endpoints.Builder> endpoints() {
            return endpoints;
        }

        /** A service and its name, which is empty unless given. */
        record Named(String name, Object service) {
            boolean isA(Class<?> type, String wanted) {
                return type.isInstance(service) && name.equals(wanted);
            }
        }
    }
}
