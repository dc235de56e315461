package io.postern;

import io.postern.AuthenticatorFactory.Components;
import io.postern.Postern.PolicySpec;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

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
 * <p>There may be several extensions of one class: all of them are configured, then all of them are started, and only then
 * can the services of one be looked up by another. So their order matters only for elements that they add to the same list,
 * such as login steps, and for defaults that several of them set.
 */
@FunctionalInterface
public interface Extension {

    /**
     * Sets defaults, between those of the preset and the application's own calls, which override them: a store of the
     * application's bundle replaces a default store, and its policy for a path replaces a default policy. Called by {@link
     * PosternBuilder#with}. Authenticators belong into {@link #start}, where they are added after the application's.
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

    /**
     * The database tables of a component, as versioned SQL files on the class path: {@code <folder>/<database>/V1__<component>.sql},
     * then {@code V2__…} and so on without a gap, for each of the databases {@code postgresql}, {@code mariadb} and {@code h2}.
     *
     * <pre>{@code
     * Migrations tables = Migrations.of("notes", "META-INF/notes");
     * stores.schema().with(tables).install();
     * }</pre>
     *
     * <p>Statements end with a semicolon at the end of a line, comments are whole lines that begin with {@code --}, and {@code
     * ${prefix}} stands for the prefix of all table names. The last statement of a file records its version: {@code INSERT INTO
     * ${prefix}schema (component, version) VALUES ('notes', 1);}. A statement may run again after a failure, so write {@code
     * CREATE TABLE IF NOT EXISTS}. Immutable and safe for use by several threads.
     */
    final class Migrations {

        private static final Pattern COMPONENT = Pattern.compile("[a-z][a-z0-9_]{0,63}");

        private final String component;
        private final String folder;
        private final Class<?> owner;

        private Migrations(String component, String folder, Class<?> owner) {
            this.component = component;
            this.folder = folder;
            this.owner = owner;
        }

        /**
         * Creates a description of a component's tables.
         *
         * @param component the component, a lower-case name of up to 64 letters, digits and underscores
         * @param folder the folder, found by the class loader of the calling class. In a named module it must not be a package,
         *     so begin it with {@code META-INF/}.
         * @throws IllegalArgumentException if the name has another form
         */
        public static Migrations of(String component, String folder) {
            if (!COMPONENT.matcher(component).matches()) {
                throw new IllegalArgumentException("the component of migrations is \"" + component
                        + "\": use a lower-case letter and up to 63 lower-case letters, digits and underscores");
            }
            Objects.requireNonNull(folder, "folder");
            Class<?> caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                    .getCallerClass();
            return new Migrations(component, folder, caller);
        }

        /** Returns the name of the component. */
        public String component() {
            return component;
        }

        /** Returns the path of the file of a version on the class path. */
        public String path(String database, int version) {
            return folder + "/" + database + "/V" + version + "__" + component + ".sql";
        }

        /** Returns the content of the file of a version; empty if there is none. */
        public Optional<String> script(String database, int version) {
            try (InputStream file = owner.getResourceAsStream("/" + path(database, version))) {
                return file == null
                        ? Optional.empty()
                        : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
