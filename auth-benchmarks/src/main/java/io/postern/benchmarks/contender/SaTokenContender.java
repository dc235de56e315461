package io.postern.benchmarks.contender;

import cn.dev33.satoken.SaManager;
import cn.dev33.satoken.config.SaTokenConfig;
import cn.dev33.satoken.exception.NotLoginException;
import cn.dev33.satoken.servlet.util.SaTokenContextJakartaServletUtil;
import cn.dev33.satoken.stp.StpUtil;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * Sa-Token with its store in memory. Its filters come with the starter for Spring Boot; this one does what they do. Its settings
 * are static, and its thread is not a daemon: a JVM with it ends by {@code System.exit} only.
 */
public final class SaTokenContender {

    private SaTokenContender() {}

    /** Opaque tokens. */
    public static Contender opaque() {
        SaManager.setConfig(new SaTokenConfig()
                .setTokenName("Authorization")
                .setTokenPrefix("Bearer")
                .setIsReadBody(false)
                .setIsReadCookie(false)
                .setIsPrint(false)
                .setIsLog(false));
        List<String> values =
                Accounts.names().stream().map(StpUtil::createLoginSession).toList();
        OpaqueTokens tokens = new OpaqueTokens(values);
        return new Contender(
                "satoken",
                new SaFilter(),
                request -> StpUtil.getLoginIdAsString(),
                tokens.good(),
                tokens.refused(UUID.randomUUID().toString()));
    }

    private static final class SaFilter implements Filter {

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            SaTokenContextJakartaServletUtil.setContext((HttpServletRequest) request, (HttpServletResponse) response);
            try {
                StpUtil.checkLogin();
                chain.doFilter(request, response);
            } catch (NotLoginException e) {
                ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            } finally {
                SaTokenContextJakartaServletUtil.clearContext();
            }
        }
    }
}
