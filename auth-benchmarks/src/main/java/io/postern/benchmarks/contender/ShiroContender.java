package io.postern.benchmarks.contender;

import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authc.UnknownAccountException;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.cache.MemoryConstrainedCacheManager;
import org.apache.shiro.mgt.DefaultSessionStorageEvaluator;
import org.apache.shiro.mgt.DefaultSubjectDAO;
import org.apache.shiro.realm.AuthenticatingRealm;
import org.apache.shiro.web.filter.authc.BasicHttpAuthenticationFilter;
import org.apache.shiro.web.filter.mgt.DefaultFilterChainManager;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;
import org.apache.shiro.web.servlet.AbstractShiroFilter;

/** Apache Shiro with its filter for Basic and without sessions. */
final class ShiroContender {

    private static final String NAME = "shiro";

    private ShiroContender() {}

    static Contender basic(Accounts accounts) {
        return Contender.of(NAME, new ShiroFilter(manager(new Realm(accounts))), accounts.all(), accounts.refused());
    }

    /** With its authentication cache, which remembers the stored hash and not that a password was right. */
    static Contender basicCached(Accounts accounts) {
        Realm realm = new Realm(accounts);
        realm.setAuthenticationCachingEnabled(true);
        realm.setCacheManager(new MemoryConstrainedCacheManager());
        return Contender.of(NAME + " cache", new ShiroFilter(manager(realm)), accounts.few(), accounts.refused());
    }

    private static DefaultWebSecurityManager manager(Realm realm) {
        DefaultWebSecurityManager manager = new DefaultWebSecurityManager(realm);
        DefaultSessionStorageEvaluator sessions = new DefaultSessionStorageEvaluator();
        sessions.setSessionStorageEnabled(false);
        ((DefaultSubjectDAO) manager.getSubjectDAO()).setSessionStorageEvaluator(sessions);
        return manager;
    }

    private static final class ShiroFilter extends AbstractShiroFilter {

        private final DefaultWebSecurityManager manager;

        ShiroFilter(DefaultWebSecurityManager manager) {
            this.manager = manager;
        }

        /** Its chains call the filters' init, so they are made when the container has started this one. */
        @Override
        public void init() {
            setSecurityManager(manager);
            DefaultFilterChainManager chains = new DefaultFilterChainManager(getFilterConfig());
            chains.addFilter("basic", new BasicHttpAuthenticationFilter(), true);
            chains.createChain("/**", "noSessionCreation");
            chains.addToChain("/**", "basic");
            PathMatchingFilterChainResolver resolver = new PathMatchingFilterChainResolver();
            resolver.setFilterChainManager(chains);
            setFilterChainResolver(resolver);
        }
    }

    private static final class Realm extends AuthenticatingRealm {

        private final Accounts accounts;

        Realm(Accounts accounts) {
            this.accounts = accounts;
            setCredentialsMatcher((token, info) -> accounts.encoder()
                    .matches(new String((char[]) token.getCredentials()), (String) info.getCredentials()));
        }

        @Override
        protected AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
            String name = ((UsernamePasswordToken) token).getUsername();
            String hash = accounts.hashes().get(name);
            if (hash == null) {
                throw new UnknownAccountException();
            }
            return new SimpleAuthenticationInfo(name, hash, getName());
        }
    }
}
