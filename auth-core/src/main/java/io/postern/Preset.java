package io.postern;

import io.postern.auth.Challenge;
import io.postern.auth.Gate;
import io.postern.auth.endpoint.Endpoints.BodyLimits;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.session.CookieAttributes;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionSettings;
import java.text.Normalizer;
import java.time.Duration;

/** A set of settings, each of which can be set alone. */
public enum Preset {

    /** The wire format of DRF and simplejwt; the default. */
    DRF {
        @Override
        void apply(Gate.Builder gate) {
            gate.challengeStyle(Challenge.Style.FIRST).strictFraming(false);
        }

        @Override
        void apply(PasswordLogin.Builder login) {
            // Django compares passwords as typed
        }

        @Override
        void apply(Csrf.Builder csrf) {
            csrf.cookie(CookieAttributes.csrf());
        }

        @Override
        SessionSettings sessionSettings() {
            return SessionSettings.django();
        }

        @Override
        JwtSettings.Builder jwtSettings(JwtSettings.Builder jwt) {
            return jwt; // simplejwt's settings are the defaults of the builder
        }

        @Override
        RefreshSettings refreshSettings(boolean stored) {
            return RefreshSettings.simplejwt();
        }

        @Override
        ErrorFormat errorFormat() {
            return ErrorFormat.DRF;
        }

        @Override
        BodyLimits bodyLimits() {
            return new BodyLimits(16_384, 64);
        }
    },

    /** The requirements of today's RFCs and of OWASP ASVS. */
    STRICT {
        @Override
        void apply(Gate.Builder gate) {
            gate.challengeStyle(Challenge.Style.ALL).strictFraming(true);
        }

        @Override
        void apply(PasswordLogin.Builder login) {
            login.normalise(Normalizer.Form.NFC);
        }

        @Override
        void apply(Csrf.Builder csrf) {
            csrf.cookie(CookieAttributes.csrf().withSecure(CookieAttributes.Secure.ALWAYS));
        }

        @Override
        SessionSettings sessionSettings() {
            return SessionSettings.strict();
        }

        @Override
        JwtSettings.Builder jwtSettings(JwtSettings.Builder jwt) {
            return jwt.requiredClaims("iss", "aud", "iat")
                    .requireTyp(true)
                    .integerTimes(true)
                    .requireKeyId(true)
                    .rejectKeyHeaders(true)
                    .ignoreSchemeCase(true)
                    .leeway(Duration.ofSeconds(30))
                    .maxLifetime(Duration.ofDays(400));
        }

        @Override
        RefreshSettings refreshSettings(boolean stored) {
            return stored ? RefreshSettings.rfc() : RefreshSettings.simplejwt();
        }

        @Override
        ErrorFormat errorFormat() {
            return ErrorFormat.PROBLEM_DETAILS;
        }

        @Override
        BodyLimits bodyLimits() {
            return new BodyLimits(16_384, 10);
        }
    };

    abstract void apply(Gate.Builder gate);

    abstract void apply(PasswordLogin.Builder login);

    abstract void apply(Csrf.Builder csrf);

    abstract SessionSettings sessionSettings();

    abstract JwtSettings.Builder jwtSettings(JwtSettings.Builder jwt);

    /** Rotation needs a store. */
    abstract RefreshSettings refreshSettings(boolean stored);

    abstract ErrorFormat errorFormat();

    abstract BodyLimits bodyLimits();
}
